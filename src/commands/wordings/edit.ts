import { readFileSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import { MfaError, messageOf } from '../../core/errors.ts';
import type { WordingKey } from '../../core/wordings/wording-key.ts';
import { wordingName } from '../../core/wordings/wording-key.ts';
import type { CommandContext, CommonOptions } from '../context.ts';
import { printJson, write } from '../output.ts';
import { seenVersion } from '../seen-version.ts';
import { keyOf } from './show.ts';

export interface EditOptions extends CommonOptions {
  text?: string;
  textFile?: string;
  ifVersion?: string;
}

export async function editWording(
  context: CommandContext,
  options: EditOptions,
  ...words: string[]
): Promise<undefined> {
  await save(context, keyOf(words), await wordsOf(options), seenVersion(options.ifVersion));
}

export async function resetWording(
  context: CommandContext,
  _: CommonOptions,
  ...words: string[]
): Promise<undefined> {
  await save(context, keyOf(words), null, undefined);
}

async function save(
  context: CommandContext,
  key: WordingKey,
  text: string | null,
  version: number | undefined,
): Promise<void> {
  const { wordings } = await context.core();
  const dryRun = context.options.dryRun === true;
  const changed = await wordings.save([[key, text]], { version, dryRun });
  if (context.options.json) {
    await printJson({ changed, version: wordings.load().version, dryRun });
    return;
  }
  if (Object.keys(changed).length === 0) await write('It says that already.\n');
  else
    await write(
      `${wordingName(key)} ${dryRun ? 'would be' : 'was'} ${text === null ? 'reset' : 'changed'}.\n`,
    );
}

async function wordsOf({ text, textFile }: EditOptions): Promise<string> {
  if (text !== undefined && textFile === undefined) return text;
  if (text !== undefined || textFile === undefined) {
    throw new MfaError('usage.invalid', 'The words are given by --text or by --text-file.', {
      advice: 'Use one of them.',
    });
  }
  try {
    return textFile === '-' ? await readAll(process.stdin) : readFileSync(textFile, 'utf8');
  } catch (cause) {
    throw new MfaError('usage.invalid', `${textFile} could not be read: ${messageOf(cause)}.`, {
      advice: 'Name a readable file, or - for standard input.',
      cause,
    });
  }
}
