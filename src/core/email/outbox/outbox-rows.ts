import { MfaError } from '../../errors.ts';
import type { SqlValue, Store } from '../../store/store.ts';
import type { OutboxRow } from '../../store/tables.ts';
import { type MailSummaryRow, summaryColumns } from './outbox-mail.ts';

export type MailColumns = Partial<Omit<OutboxRow, 'id'>>;

/** Stores a mail behind all others. */
export function insertMailRow(store: Store, columns: MailColumns): MailSummaryRow {
  const names = Object.keys(columns);
  const marks = names.map(() => '?').join(', ');
  return store
    .prepare<MailSummaryRow>(
      `INSERT INTO outbox (${names.join(', ')}) VALUES (${marks}) RETURNING ${summaryColumns}`,
    )
    .get(...(Object.values(columns) as SqlValue[])) as MailSummaryRow;
}

export function updateMailRow(store: Store, id: number, columns: MailColumns): void {
  const assignments = Object.keys(columns).map((name) => `${name} = ?`);
  store
    .prepare(`UPDATE outbox SET ${assignments.join(', ')} WHERE id = ?`)
    .run(...(Object.values(columns) as SqlValue[]), id);
}

export function findMailRow(store: Store, id: number): OutboxRow | undefined {
  return store.prepare<OutboxRow>('SELECT * FROM outbox WHERE id = ?').get(id);
}

/** @throws {MfaError} `mail.notFound` */
export function requireMailRow(store: Store, id: number): OutboxRow {
  const row = findMailRow(store, id);
  if (row !== undefined) return row;
  throw new MfaError('mail.notFound', `There is no mail ${id} in the outbox.`, {
    advice: '"mfa-console email outbox list" shows them.',
  });
}
