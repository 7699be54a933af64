import { MfaError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { OutboxRow, UserRow } from '../../store/tables.ts';
import type { User } from '../../users/user.ts';
import { userFromRow } from '../../users/user-row.ts';
import { isNoticeKind } from '../templates/template-key.ts';
import { addressOf, addressProblem, noAdministrators } from './sending-problems.ts';

type MailOfSomebody = Pick<OutboxRow, 'id' | 'user_id' | 'username' | 'kind' | 'recipient'>;

/** Whom a mail is for, as they are now: null for one to an administrator. @throws {MfaError} `mail.userRemoved` */
export function requireReceiver(store: Store, mail: MailOfSomebody): User | null {
  if (isNoticeKind(mail.kind)) return null;
  const select = store.prepare<UserRow>('SELECT * FROM users WHERE id = ?');
  const row = mail.user_id === null ? undefined : select.get(mail.user_id);
  if (row !== undefined) return userFromRow(row);
  throw new MfaError(
    'mail.userRemoved',
    `The user ${mail.username}, whom mail ${mail.id} is for, was removed.`,
    {
      advice: 'Cancel the mail.',
    },
  );
}

/** Where a mail goes that is sent once more: to the present address of its user, to the same administrator. */
export function addressNow(
  store: Store,
  mail: MailOfSomebody,
): { recipient: string | null; problem: MfaError | null } {
  const user = requireReceiver(store, mail);
  if (user !== null) return { recipient: addressOf(user), problem: addressProblem(user) };
  return { recipient: mail.recipient, problem: mail.recipient === null ? noAdministrators() : null };
}
