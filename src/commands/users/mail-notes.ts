import { mailJson } from '../../core/email/outbox/mail-json.ts';
import type { MailOnWrite } from '../../core/email/outbox/mail-on-write.ts';
import { plainText } from '../../core/plain-text.ts';
import type { CommandContext } from '../context.ts';

/** The mail to the one user who was changed, for scripts; nothing when none was asked for. */
export function mailField(mailing: MailOnWrite | undefined): { readonly mail?: object | null } {
  if (mailing === undefined) return {};
  const [mail] = mailing.mails;
  return { mail: mail === undefined ? null : mailJson(mail) };
}

/** Says which mails are on their way, and of each other one why it is not. */
export function noteMails(context: CommandContext, mailing: MailOnWrite | undefined): void {
  if (mailing === undefined) return;
  const queued = mailing.mails.filter(({ state }) => state === 'queued');
  const [only] = queued.length === 1 ? queued : [];
  if (only !== undefined) context.note(`Mail ${only.id} to ${plainText(only.recipient ?? '')} is queued.`);
  else if (queued.length > 1) context.note(`${queued.length} mails are queued.`);
  for (const { state, why, username } of mailing.mails) {
    if (state === 'notSent') context.note(plainText(`No mail to ${username}: ${why}`));
  }
}
