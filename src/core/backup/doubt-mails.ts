import type { AuditLog } from '../audit/audit-log.ts';
import { settled } from '../email/outbox/delivery/mail-row-states.ts';
import { type MailSummaryRow, mailEvent, mailFromRow, summaryColumns } from '../email/outbox/outbox-mail.ts';
import { updateMailRow } from '../email/outbox/outbox-rows.ts';
import type { Store } from '../store/store.ts';

const doubt =
  'It waited when the backup was made that was restored: nobody knows whether it was sent after that. Ask the ' +
  'receiver, or look into the log of the mail server; then retry the mail or cancel it.';

/**
 * Keeps mails that waited when a backup was made from being sent a second time after it was restored; to be called in a
 * transaction.
 * @param now ISO 8601
 * @returns how many there are
 */
export function doubtMails(store: Store, audit: AuditLog, now: string): number {
  const rows = store
    .prepare<MailSummaryRow>(
      `SELECT ${summaryColumns} FROM outbox WHERE state IN ('queued', 'sending') ORDER BY id`,
    )
    .all();
  for (const { id } of rows) updateMailRow(store, id, settled('inDoubt', now, 'mail.inDoubt', doubt));
  audit.appendAll(rows.map((row) => mailEvent('inDoubt', mailFromRow(row), doubt)));
  return rows.length;
}
