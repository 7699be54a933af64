import { countOf } from '../../../core/count-text.ts';
import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { confirmation, type Dialog, numberConfirmation } from '../../widgets/dialog/state.ts';

/** The mails that an action is for: one that is known, or a number of them. */
export type MailSubject = { readonly mail: OutboxMail } | { readonly count: number };

const twice = 'nobody knows whether they arrived, so that they may arrive twice.';

/** Before mails are tried again; null where nothing can come of it but that the mail arrives. */
export function retryQuestion(subject: MailSubject): Dialog | null {
  if ('count' in subject) {
    const text = `Try ${countOf(subject.count, 'mail')} again? Of those in doubt ${twice}`;
    return confirmation('Try again', text, 'Try again');
  }
  if (subject.mail.state !== 'inDoubt') return null;
  const text = `Nobody knows whether the mail to ${subject.mail.username} arrived. Tried again, it may arrive twice.`;
  return confirmation('Try again', text, 'Try again');
}

/** Asks for the number of many, because a mail that has left cannot be taken back. */
export function resendQuestion(subject: MailSubject): Dialog {
  const title = 'Send once more';
  const text = (what: string) => `Send ${what} once more, with the same text, to the present address?`;
  return 'count' in subject
    ? numberConfirmation(title, text(countOf(subject.count, 'mail')), subject.count)
    : confirmation(title, text(`the mail to ${subject.mail.username}`), 'Send');
}

export function cancelQuestion(subject: MailSubject): Dialog {
  const note = 'A PIN that waits with it is removed.';
  if ('count' in subject) {
    const text = `Cancel ${countOf(subject.count, 'mail')}? PINs that wait with them are removed.`;
    return numberConfirmation('Cancel mails', text, subject.count);
  }
  return confirmation('Cancel a mail', `Cancel the mail to ${subject.mail.username}? ${note}`, 'Cancel it');
}
