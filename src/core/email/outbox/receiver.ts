import { MfaError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { OutboxRow, UserRow } from '../../store/tables.ts';
import type { User } from '../../users/user.ts';
import { userFromRow } from '../../users/user-row.ts';

/** Whom a mail is for, as they are now. @throws {MfaError} `mail.userRemoved` */
export function requireUserOfMail(store: Store, mail: Pick<OutboxRow, 'id' | 'user_id' | 'username'>): User {
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
