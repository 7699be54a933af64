import { resolve } from 'node:path';
import type { ExportFormat } from '../../core/export-parts.ts';
import { writeExport } from '../files/write-export.ts';
import type { ScreenContext } from '../shell/screen.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

const linesPerPart = 500;

/** Writes a run with its log to a file. */
export async function exportRun(context: ScreenContext, runId: number): Promise<void> {
  const { runs } = context.core;
  const values = await context.overlays.fill(form(runId));
  if (values === null) return;
  await writeExport(context, {
    path: resolve(String(values.file).trim()),
    parts: runs.export(runId, values.format as ExportFormat),
    total: runs.countChanges(runId),
    perPart: linesPerPart,
  });
}

function form(runId: number): FormDialogOptions {
  return {
    title: `Export run ${runId}`,
    text: 'Everybody with what happens and why. Only your account may read the file.',
    fields: [
      {
        kind: 'choice',
        id: 'format',
        label: 'Format',
        options: [
          { id: 'csv', label: 'CSV' },
          { id: 'json', label: 'JSON' },
        ],
      },
      { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: `run-${runId}.csv` },
    ],
    values: { format: 'csv', file: '' },
    label: 'Export',
  };
}
