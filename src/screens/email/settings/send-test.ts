import { portOf } from '../../../core/email/email-problems.ts';
import type { EmailSettings } from '../../../core/email/email-settings.ts';
import { isMailAddress } from '../../../core/email/mail-address.ts';
import { attempt } from '../../conversation/attempt.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

/** Settings to try, saved or not. */
export interface TestSubject {
  readonly settings: EmailSettings;
  /** A new SMTP password; undefined takes the stored one. */
  readonly password: string | undefined;
}

/**
 * Sends a test to an address that is asked for, and shows what the server said.
 * @param lastTo where the last test went
 * @returns where it went; null when nobody was named
 */
export async function sendTest(
  context: ScreenContext,
  { settings, password }: TestSubject,
  lastTo: string,
): Promise<string | null> {
  const values = await context.overlays.fill(receiverForm(lastTo));
  if (values === null) return null;
  const to = String(values.to).trim();
  await attempt(context, {
    title: 'Send a test',
    subject: `A mail to ${to} through ${destination(settings)}`,
    success: 'The mail was taken over',
    work: (onConversation, signal) =>
      context.core.emailDelivery.sendTest(to, { settings, password, signal, onConversation }),
  });
  return to;
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
