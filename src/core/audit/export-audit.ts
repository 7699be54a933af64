import { stringify } from 'csv-stringify/sync';
import { harmlessJson } from '../plain-text.ts';
import type { Store } from '../store/store.ts';
import { type AuditEvent, type AuditFilter, readAudit } from './audit-query.ts';

export const auditFormats = ['json', 'csv'] as const;
export type AuditFormat = (typeof auditFormats)[number];

const eventsPerPart = 1000;
const columns = ['sequence', 'at', 'actor', 'action', 'target', 'result', 'reason', 'details'] as const;

/**
 * The wanted events, oldest first, as parts of one text: a JSON document `{"events":[...]}`, or CSV for
 * spreadsheets, in which a text that a spreadsheet would take for a formula starts with an apostrophe.
 */
export function* exportAudit(store: Store, filter: AuditFilter, format: AuditFormat): Generator<string> {
  yield format === 'csv' ? stringify([columns]) : '{"events":[';
  let after = 0;
  for (let isFirst = true; ; isFirst = false) {
    const events = readAudit(store, filter, after, eventsPerPart);
    if (events.length > 0)
      yield format === 'csv' ? csvRows(events) : (isFirst ? '' : ',') + jsonItems(events);
    if (events.length < eventsPerPart) break;
    after = events.at(-1)?.sequence ?? after;
  }
  if (format === 'json') yield ']}\n';
}

function csvRows(events: readonly AuditEvent[]): string {
  const rows = events.map((event) => ({
    ...event,
    details: event.details === null ? null : harmlessJson(event.details),
  }));
  return stringify(rows, { columns: [...columns], escape_formulas: true });
}

function jsonItems(events: readonly AuditEvent[]): string {
  return harmlessJson(events).slice(1, -1);
}
