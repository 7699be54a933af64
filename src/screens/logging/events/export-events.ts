import { resolve } from 'node:path';
import { parseAuditFilter } from '../../../core/audit/audit-filter.ts';
import { auditRange } from '../../../core/audit/audit-query.ts';
import { type AuditFormat, exportAudit } from '../../../core/audit/export-audit.ts';
import { type ExportOffer, exportForm } from '../../files/export-form.ts';
import { writeExport } from '../../files/write-export.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { countText } from '../../text/count-text.ts';

/** Events that one part of an export has at most. */
const perPart = 1000;

/** Writes events to a file. @param matching how many pass the filter */
export async function exportEvents(context: ScreenContext, filter: string, matching: number): Promise<void> {
  const { store, clock } = context.core;
  const { first, last } = auditRange(store);
  const all = last - first + 1;
  const values = await context.overlays.fill(exportForm(offer(filter, matching, all)));
  if (values === null) return;
  const chosen = values.which === 'matching' ? filter : '';
  await writeExport(context, {
    path: resolve(String(values.file).trim()),
    parts: exportAudit(store, parseAuditFilter(chosen, clock()), values.format as AuditFormat),
    total: chosen === '' ? all : matching,
    perPart,
  });
}

function offer(filter: string, matching: number, all: number): ExportOffer {
  return {
    title: 'Export events',
    text: 'The oldest first.',
    things: 'Events',
    which: [
      ...(filter === '' ? [] : [{ id: 'matching', label: `the ${countText(matching)} that match` }]),
      { id: 'all', label: `all ${countText(all)}` },
    ],
    exampleFile: 'events.csv',
  };
}
