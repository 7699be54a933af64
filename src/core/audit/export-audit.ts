import { type ExportFormat, exportParts } from '../export-parts.ts';
import { disarm } from '../formula-text.ts';
import { harmlessJson } from '../plain-text.ts';
import type { Store } from '../store/store.ts';
import { type AuditEvent, type AuditFilter, readAudit } from './audit-query.ts';

/** Events that one part of an export has at most. */
export const eventsPerPart = 1000;
const columns = ['sequence', 'at', 'actor', 'action', 'target', 'result', 'reason', 'details'] as const;

/**
 * The wanted events, oldest first, as parts of one text: a JSON document `{"events":[...]}`, or CSV for
 * spreadsheets, in which a text that a spreadsheet would take for a formula starts with an apostrophe.
 */
export function exportAudit(store: Store, filter: AuditFilter, format: ExportFormat): Iterable<string> {
  return exportParts(format, pagesOf(store, filter), {
    name: 'events',
    json: (event) => event,
    columns,
    cells: csvCells,
  });
}

function csvCells({ details, ...event }: AuditEvent): (string | number)[] {
  const values = { ...event, details: details === null ? null : harmlessJson(details) };
  return columns.map((column) => {
    const value = values[column] ?? '';
    return typeof value === 'string' ? disarm(value) : value;
  });
}

function* pagesOf(store: Store, filter: AuditFilter): Generator<AuditEvent[]> {
  for (let after = 0; ; ) {
    const events = readAudit(store, filter, after, eventsPerPart);
    if (events.length > 0) yield events;
    if (events.length < eventsPerPart) return;
    after = events.at(-1)?.sequence ?? after;
  }
}
