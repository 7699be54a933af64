import type { User } from '../../users/user.ts';
import type { MailQueue } from './mail-queue.ts';
import type { OutboxMail } from './outbox-mail.ts';
import { kindForNewUser } from './send-email-rule.ts';

/** Queues a mail together with the change of a user that it tells of. */
export interface MailOnWrite {
  /** For the options of the change; called in its transaction. */
  onWritten(user: User, pin?: string): void;
  /** The mails that were queued, or could not be and say why. */
  readonly mails: readonly OutboxMail[];
}

/** @param change whether the users are new or were known */
export function mailOnWrite(queue: MailQueue, change: 'added' | 'updated'): MailOnWrite {
  const mails: OutboxMail[] = [];
  return {
    onWritten(user, pin) {
      const kind = change === 'added' ? kindForNewUser(user) : 'updatedUser';
      mails.push(queue.add({ user, kind, pin }));
    },
    mails,
  };
}
