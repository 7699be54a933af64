import type { ExportFormat } from '../../../core/export-parts.ts';
import type { CommandContext } from '../../context.ts';
import { type ExportOptions, exportFormat, writeExport } from '../../export.ts';

export interface ExportMailsOptions extends ExportOptions<ExportFormat> {
  filter?: string;
}

/** @returns the exit code */
export async function exportMails(
  context: CommandContext,
  options: ExportMailsOptions,
): Promise<number | undefined> {
  const format = exportFormat(context, options, 'json');
  const { outbox } = await context.core();
  return writeExport(context, outbox.export(format, options.filter), options.output);
}
