import type { MfaError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import { requireUserRow } from '../../users/find-user.ts';
import { userFromRow } from '../../users/user-row.ts';
import type { MailContent } from '../mail-content.ts';
import type { UserMailKind } from '../templates/template-key.ts';
import type { MailQueue } from './mail-queue.ts';
import type { OutboxMail } from './outbox-mail.ts';
import { kindForNewUser } from './send-email-rule.ts';

/**
 * Queues a mail to a user, in the transaction of the caller.
 * @param kind null is what a new user gets: New User, or User Enrollment while no phone is known
 * @throws {MfaError} `user.notFound`
 */
export function mailUser(
  store: Store,
  queue: MailQueue,
  username: string,
  kind: UserMailKind | null,
): OutboxMail {
  const user = userFromRow(requireUserRow(store, username));
  return queue.add({ user, kind: kind ?? kindForNewUser(user) });
}

/** What a user would get. */
export interface MailPreview {
  readonly kind: UserMailKind;
  /** Null when the user has no address. */
  readonly recipient: string | null;
  /** Null when no text could be made. */
  readonly content: MailContent | null;
  /** What would keep it from being sent. */
  readonly problem: MfaError | null;
}

/** Stores nothing. @param kind as for {@link mailUser} @throws {MfaError} `user.notFound` */
export function previewMail(
  store: Store,
  queue: MailQueue,
  username: string,
  wanted: UserMailKind | null,
): MailPreview {
  const user = userFromRow(requireUserRow(store, username));
  const kind = wanted ?? kindForNewUser(user);
  const { recipient, shown, problem } = queue.prepare({ user, kind });
  return { kind, recipient, content: shown, problem };
}
