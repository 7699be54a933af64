import type { MailQueue } from '../email/outbox/mail-queue.ts';
import { isMailDue, kindForNewUser, type SendEmailRule } from '../email/outbox/send-email-rule.ts';
import type { RunChange } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { userFromRow } from '../users/user-row.ts';

/** Who gets mails, and where they wait. */
export interface Mails {
  rule: SendEmailRule;
  queue: MailQueue;
}

/** The lines whose people are to get a mail. */
export function linesWithMail(rule: SendEmailRule, lines: readonly RunChange[]): RunChange[] {
  return lines.filter(({ change, fields }) => isMailDue(rule, change, Object.keys(fields)));
}

/**
 * Queues a mail for each of these lines, inside the transaction that has written their users.
 * @returns how many of them cannot be sent
 */
export function queueMails(store: Store, queue: MailQueue, lines: readonly RunChange[]): number {
  if (lines.length === 0) return 0;
  let notSent = 0;
  const rows = store
    .prepare<UserRow>(
      'SELECT users.* FROM json_each(?) AS wanted JOIN users ON users.directory_id = wanted.value',
    )
    .all(JSON.stringify(lines.map(({ directoryId }) => directoryId)));
  const users = new Map(rows.map((row) => [row.directory_id, userFromRow(row)]));
  for (const { directoryId, change } of lines) {
    const user = users.get(directoryId);
    if (user === undefined) throw new Error(`The user of ${directoryId} vanished inside a transaction.`);
    const { state } = queue.add({ user, kind: change === 'added' ? kindForNewUser(user) : 'updatedUser' });
    if (state === 'notSent') notSent += 1;
  }
  return notSent;
}
