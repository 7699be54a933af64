import { portOf } from '../../../core/email/email-problems.ts';
import type { EmailSettings } from '../../../core/email/email-settings.ts';
import { isMailAddress } from '../../../core/email/mail-address.ts';
import { isMfaError } from '../../../core/errors.ts';
import type { Conversation } from '../../conversation/conversation-facts.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { waitFor } from '../../shell/wait-for.ts';
import { cancelled, type QuestionDialog } from '../../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

/** Settings to try, saved or not. */
export interface TestSubject {
  readonly settings: EmailSettings;
  /** A new SMTP password; undefined takes the stored one. */
  readonly password: string | undefined;
}

/**
 * Sends a test to an address that is asked for. What the server said is shown when it fails, and on request when
 * it works.
 * @param lastTo where the last test went
 * @returns where it went; null when nobody was named
 */
export async function sendTest(
  context: ScreenContext,
  subject: TestSubject,
  lastTo: string,
): Promise<string | null> {
  const values = await context.overlays.fill(receiverForm(lastTo));
  if (values === null) return null;
  const to = String(values.to).trim();
  const conversation = await attempt(context, subject, to);
  if (conversation === undefined) {
    context.status.say('The test was given up.', 'warning');
    return to;
  }
  const isShown =
    conversation.isFailure || (await context.overlays.ask(sentQuestion(conversation))) === 'show';
  if (!isShown) return to;
  context.open(
    import('../../conversation/screen.tsx').then((module) => module.openConversation(conversation)),
  );
  return to;
}

/** @returns undefined when it was given up */
async function attempt(
  context: ScreenContext,
  { settings, password }: TestSubject,
  to: string,
): Promise<Conversation | undefined> {
  const where = destination(settings);
  const lines: string[] = [];
  const common = { subject: `A mail to ${to} through ${where}`, lines };
  try {
    const text = `Sending a test to ${to} through ${where}.`;
    const acceptance = await waitFor(context, 'Send a test', text, (signal) =>
      context.core.emailDelivery.sendTest(to, {
        settings,
        password,
        signal,
        onConversation: (line) => lines.push(line),
      }),
    );
    if (acceptance === undefined) return undefined;
    const result = `The mail was taken over: ${acceptance.response}`;
    return { ...common, result, advice: null, isFailure: false };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    return { ...common, result: error.message, advice: error.advice ?? null, isFailure: true };
  } finally {
    context.dataWasRead();
  }
}

function destination(settings: EmailSettings): string {
  return settings.deliverBy === 'pickup' ? settings.pickupFolder : `${settings.host}:${portOf(settings)}`;
}

function receiverForm(lastTo: string): FormDialogOptions {
  return {
    title: 'Send a test',
    text: 'One mail is sent with what stands in the form, saved or not.',
    fields: [
      {
        kind: 'text',
        id: 'to',
        label: 'To',
        isRequired: true,
        placeholder: 'such as you@corp.example',
        check: (value) =>
          isMailAddress(String(value).trim()) ? null : 'Write an address like jane@corp.example.',
      },
    ],
    values: { to: lastTo },
    label: 'Send',
  };
}

function sentQuestion({ result }: Conversation): QuestionDialog {
  const buttons = [
    { id: cancelled, label: 'Close' },
    { id: 'show', label: 'Conversation' },
  ];
  return { kind: 'question', title: 'Send a test', text: result, buttons, focused: 0, escape: cancelled };
}
