import { type ExportFormat, exportParts } from '../../export-parts.ts';
import { disarm } from '../../formula-text.ts';
import type { Store } from '../../store/store.ts';
import { mailJson } from './mail-json.ts';
import { parseOutboxFilter } from './outbox-filter.ts';
import { listMails, mailsByIds } from './outbox-listing.ts';
import type { OutboxMail } from './outbox-mail.ts';

/** The fields of {@link mailJson}, which are the columns of the CSV file. */
const columns = [
  'id',
  'state',
  'why',
  'whyCode',
  'username',
  'to',
  'kind',
  'method',
  'mode',
  'language',
  'subject',
  'messageId',
  'attempts',
  'queuedAt',
  'queuedBy',
  'nextAttemptAt',
  'lastAttemptAt',
  'finishedAt',
  'repeats',
  'withPin',
  'size',
] as const satisfies readonly (keyof ReturnType<typeof mailJson>)[];

/** Mails that one part of an export has at most. */
export const mailsPerPart = 500;

/**
 * The mails that a filter finds, or those with the given ids, the newest first and without their texts, as parts of
 * one text: a JSON document `{"mails":[...]}`, or CSV for spreadsheets.
 * @throws {MfaError} `filter.invalid`
 */
export function exportMails(
  store: Store,
  format: ExportFormat,
  which: string | readonly number[] = '',
): Iterable<string> {
  // Before anything is written.
  if (typeof which === 'string') parseOutboxFilter(which);
  const pages = typeof which === 'string' ? pagesOf(store, which) : pagesOfIds(store, which);
  return exportParts(format, pages, { name: 'mails', json: mailJson, columns, cells: csvCells });
}

function csvCells(mail: OutboxMail): (string | number)[] {
  const values = mailJson(mail);
  return columns.map((column) => {
    const value = values[column];
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return typeof value === 'string' ? disarm(value) : (value ?? '');
  });
}

/** Page after page by id: others may queue mails in between. */
function* pagesOf(store: Store, filter: string): Generator<OutboxMail[]> {
  for (let before: number | undefined; ; ) {
    const mails = listMails(store, { filter, before, limit: mailsPerPart });
    if (mails.length > 0) yield mails;
    if (mails.length < mailsPerPart) return;
    before = mails.at(-1)?.id;
  }
}

function* pagesOfIds(store: Store, ids: readonly number[]): Generator<OutboxMail[]> {
  const newestFirst = ids.toSorted((a, b) => b - a);
  for (let start = 0; start < newestFirst.length; start += mailsPerPart) {
    const mails = mailsByIds(store, newestFirst.slice(start, start + mailsPerPart));
    if (mails.length > 0) yield mails;
  }
}
