import { isMfaError } from '../../core/errors.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { waitFor } from '../shell/wait-for.ts';
import { cancelled, type QuestionDialog } from '../widgets/dialog/state.ts';
import type { Conversation } from './conversation-facts.ts';

/** Something that is tried with a server. */
export interface Attempt {
  /** Of its dialogs. */
  readonly title: string;
  /** What is tried, without a full stop: `A mail to ada@corp.example through mail:587`. */
  readonly subject: string;
  /** What success means, before the server's words: `The mail was taken over`. */
  readonly success: string;
  /** @throws {MfaError} what is to be shown */
  work(onConversation: (line: string) => void, signal: AbortSignal): Promise<{ readonly response: string }>;
}

/**
 * Tries something that Esc gives up. What was said is shown when it fails, and on request when it works.
 */
export async function attempt(context: ScreenContext, what: Attempt): Promise<void> {
  const conversation = await converse(context, what);
  if (conversation === undefined) {
    context.status.say('The test was given up.', 'warning');
    return;
  }
  const question = successQuestion(what.title, conversation);
  if (!conversation.isFailure && (await context.overlays.ask(question)) !== 'show') return;
  context.open(import('./screen.tsx').then(({ openConversation }) => openConversation(conversation)));
}

/** @returns undefined when it was given up */
async function converse(
  context: ScreenContext,
  { title, subject, success, work }: Attempt,
): Promise<Conversation | undefined> {
  const lines: string[] = [];
  const common = { subject, lines };
  try {
    const acceptance = await waitFor(context, title, `${subject}.`, (signal) =>
      work((line) => lines.push(line), signal),
    );
    if (acceptance === undefined) return undefined;
    return { ...common, result: `${success}: ${acceptance.response}`, advice: null, isFailure: false };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    return { ...common, result: error.message, advice: error.advice ?? null, isFailure: true };
  } finally {
    context.dataWasRead();
  }
}

function successQuestion(title: string, { result }: Conversation): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Close' },
    { id: 'show', label: 'Conversation' },
  ];
  return { kind: 'question', title, text: result, buttons, focused: 0, escape: cancelled };
}
