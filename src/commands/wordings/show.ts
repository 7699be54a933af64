import { messageParts } from '../../core/wordings/message-parts.ts';
import { sampleWordingValues } from '../../core/wordings/render-wording.ts';
import { allWordingKeys, parseWordingKey, wordingName } from '../../core/wordings/wording-key.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printJson, printTable, write } from '../output.ts';

export interface ListOptions extends CommonOptions {
  edited?: boolean;
  language?: string;
}

export interface ShowOptions extends CommonOptions {
  builtIn?: boolean;
}

export interface PreviewOptions extends CommonOptions {
  application?: string;
}

export async function listWordings(context: CommandContext, options: ListOptions): Promise<undefined> {
  const { wordings } = await context.core();
  const { overrides, version } = wordings.load();
  const keys = allWordingKeys().filter(
    (key) =>
      (options.language === undefined || key.language === options.language) &&
      (!options.edited || wordingName(key) in overrides),
  );
  const rows = await Promise.all(
    keys.map(async (key) => ({
      ...key,
      text: await wordings.text(key),
      isEdited: wordingName(key) in overrides,
    })),
  );
  if (options.json) {
    await printJson({ wordings: rows, version });
    return;
  }
  if (rows.length === 0) {
    await write('All wordings are built in.\n');
    return;
  }
  await printTable(rows, [
    { title: 'Method', value: ({ method }) => method },
    { title: 'Mode', value: ({ mode }) => mode },
    { title: 'Lang', value: ({ language }) => language },
    { title: 'Edited', value: ({ isEdited }) => (isEdited ? 'yes' : null) },
    { title: 'Text', value: ({ text }) => text },
  ]);
}

export async function showWording(
  context: CommandContext,
  options: ShowOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const { wordings } = await context.core();
  const { overrides, version } = wordings.load();
  const text = options.builtIn ? await wordings.builtIn(key) : await wordings.text(key);
  const isEdited = !options.builtIn && wordingName(key) in overrides;
  if (options.json) await printJson({ wording: { ...key, text, isEdited, version } });
  else await write(`${text}\n`);
}

export async function previewWording(
  context: CommandContext,
  options: PreviewOptions,
  ...words: string[]
): Promise<undefined> {
  const key = keyOf(words);
  const { wordings } = await context.core();
  const { otp } = sampleWordingValues;
  const text = await wordings.render(key, { applicationName: options.application ?? null, otp });
  const parts = key.method === 'textMessage' ? messageParts(text) : null;
  if (options.json) {
    await printJson({ text, ...parts });
    return;
  }
  await write(`${text}\n`);
  if (parts === null) return;
  const what = parts.parts === 1 ? '1 part' : `${parts.parts} parts`;
  context.note(`${parts.characters} characters in ${parts.encoding}, sent in ${what}.`);
}

/** @throws {MfaError} `wording.unknown` */
export function keyOf([method = '', mode = '', language = '']: readonly string[]) {
  return parseWordingKey(method, mode, language);
}
