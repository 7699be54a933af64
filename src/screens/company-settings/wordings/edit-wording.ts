import { countOf } from '../../../core/count-text.ts';
import { isMfaError } from '../../../core/errors.ts';
import { messageParts } from '../../../core/wordings/message-parts.ts';
import { checkWording, renderWording, sampleWordingValues } from '../../../core/wordings/render-wording.ts';
import type { WordingKey } from '../../../core/wordings/wording-key.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { TextEditorOptions } from '../../text-editor/screen.tsx';
import type { TextProblem } from '../../text-editor/text-problem.ts';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import { type WordingRow, wordingTitle } from './rows.ts';

/** Longer than the core takes, so that it is the core that says so. */
const longest = 2000;

/** How a wording is edited: with what is read of it. @param onSaved called when it counts */
export function wordingEditor(
  context: ScreenContext,
  { key, text }: WordingRow,
  onSaved: () => void,
): TextEditorOptions {
  const { wordings } = context.core;

  async function save(edited: string): Promise<boolean> {
    const stored = await wordings.text(key);
    if (stored !== text && !(await mayOverwrite(context, key, stored))) return false;
    await wordings.save([[key, edited]], { version: wordings.load().version });
    onSaved();
    context.status.say(`${wordingTitle(key)} is saved.`, 'ok');
    return true;
  }

  return {
    title: wordingTitle(key),
    text,
    longest,
    check: (edited) => problemOf(key, edited),
    below: (edited) => [variablesOf(key), ...previewOf(key, edited)],
    save,
  };
}

async function mayOverwrite({ overlays }: ScreenContext, key: WordingKey, stored: string): Promise<boolean> {
  const text = `Somebody else has changed ${wordingTitle(key)} meanwhile. It is now: ${stored}`;
  return (await overlays.ask(confirmation('Changed meanwhile', text, 'Overwrite'))) === confirmed;
}

function problemOf(key: WordingKey, text: string): TextProblem | null {
  try {
    checkWording(key, text);
    return null;
  } catch (error) {
    if (!isMfaError(error)) throw error;
    const line = /at line (\d+)/.exec(error.message)?.[1];
    return { message: error.message, line: line === undefined ? null : Number(line) };
  }
}

function variablesOf({ method }: WordingKey): string {
  const code = method === 'textMessage' ? ', and <$otp$>, the code, which must be there' : '';
  return `There is <$application_name$>, where somebody signs in${code}.`;
}

/** What is read, with and without the name of an application, and how it travels. */
function previewOf(key: WordingKey, text: string): readonly string[] {
  if (problemOf(key, text) !== null) return [];
  const read = renderWording(text, sampleWordingValues);
  const nameless = renderWording(text, { ...sampleWordingValues, application_name: '' });
  const { encoding, characters, parts } = messageParts(read);
  const travels = `Sent as ${countOf(parts, 'message')}: ${countOf(characters, 'character')} in ${encoding}.`;
  return [
    `Read: ${read}`,
    ...(nameless === read ? [] : [`Without a name: ${nameless}`]),
    ...(key.method === 'textMessage' ? [travels] : []),
  ];
}
