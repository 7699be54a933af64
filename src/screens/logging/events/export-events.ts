import { parseAuditFilter } from '../../../core/audit/audit-filter.ts';
import { auditRange } from '../../../core/audit/audit-query.ts';
import { eventsPerPart, exportAudit } from '../../../core/audit/export-audit.ts';
import { exportList } from '../../files/export-list.ts';
import type { ScreenContext } from '../../shell/screen.ts';

/** Writes events to a file. @param matching how many pass the filter */
export async function exportEvents(context: ScreenContext, filter: string, matching: number): Promise<void> {
  const { store, clock } = context.core;
  const { first, last } = auditRange(store);
  await exportList(context, {
    title: 'Export events',
    text: 'The oldest first.',
    things: 'Events',
    exampleFile: 'events.csv',
    markedIds: [],
    filter,
    matching,
    all: last - first + 1,
    perPart: eventsPerPart,
    parts: (format, which) => exportAudit(store, parseAuditFilter(String(which), clock()), format),
  });
}
