import { resolve } from 'node:path';
import { countText } from '../../core/count-text.ts';
import type { ExportFormat } from '../../core/export-parts.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { type ExportOffer, exportForm } from './export-form.ts';
import { writeExport } from './write-export.ts';

/** A list whose rows can be written to a file. */
export interface ExportableList extends Omit<ExportOffer, 'which'> {
  /** Empty where rows cannot be marked. */
  readonly markedIds: readonly number[];
  readonly filter: string;
  /** How many rows pass the filter, and how many there are without it. */
  readonly matching: number;
  readonly all: number;
  /** How many rows one part has at most. */
  readonly perPart: number;
  /** The text, part by part. @param which ids, or a filter */
  parts(format: ExportFormat, which: string | readonly number[]): Iterable<string>;
}

/** Writes the marked rows of a list, those that match its filter, or all to a file that only this account may read. */
export async function exportList(context: ScreenContext, list: ExportableList): Promise<void> {
  const values = await context.overlays.fill(exportForm({ ...list, which: choices(list) }));
  if (values === null) return;
  const { which, count } = chosenRows(list, values.which);
  await writeExport(context, {
    path: resolve(String(values.file).trim()),
    parts: list.parts(values.format as ExportFormat, which),
    total: count,
    perPart: list.perPart,
  });
}

function choices({ markedIds, filter, matching, all }: ExportableList): ExportOffer['which'] {
  return [
    ...(markedIds.length > 0 ? [{ id: 'marked', label: `the ${countText(markedIds.length)} marked` }] : []),
    ...(filter === '' ? [] : [{ id: 'matching', label: `the ${countText(matching)} that match` }]),
    { id: 'all', label: `all ${countText(all)}` },
  ];
}

function chosenRows({ markedIds, filter, matching, all }: ExportableList, choice: unknown) {
  if (choice === 'marked') return { which: markedIds, count: markedIds.length };
  return choice === 'matching' ? { which: filter, count: matching } : { which: '', count: all };
}
