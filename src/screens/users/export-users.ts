import { resolve } from 'node:path';
import type { ExportFormat } from '../../core/users/user-export.ts';
import { type ExportOffer, exportForm } from '../files/export-form.ts';
import { writeExport } from '../files/write-export.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { countText } from '../text/count-text.ts';

/** Which users there are to choose from. */
export interface Exportable {
  readonly markedIds: readonly number[];
  readonly filter: string;
  readonly matching: number;
  readonly all: number;
}

const usersPerPart = 500;

/** Writes users to a file that only this account may read. */
export async function exportUsers(context: ScreenContext, which: Exportable): Promise<void> {
  const values = await context.overlays.fill(exportForm(offer(which)));
  if (values === null) return;
  const chosen = chosenUsers(which, values.which);
  await writeExport(context, {
    path: resolve(String(values.file).trim()),
    parts: context.core.users.export(values.format as ExportFormat, chosen.which),
    total: chosen.count,
    perPart: usersPerPart,
  });
}

interface ChosenUsers {
  readonly which: string | readonly number[];
  readonly count: number;
}

function chosenUsers({ markedIds, filter, matching, all }: Exportable, choice: unknown): ChosenUsers {
  if (choice === 'marked') return { which: markedIds, count: markedIds.length };
  return choice === 'matching' ? { which: filter, count: matching } : { which: '', count: all };
}

function offer({ markedIds, filter, matching, all }: Exportable): ExportOffer {
  return {
    title: 'Export users',
    text: 'PINs are not exported.',
    things: 'Users',
    which: [
      ...(markedIds.length > 0 ? [{ id: 'marked', label: `the ${countText(markedIds.length)} marked` }] : []),
      ...(filter === '' ? [] : [{ id: 'matching', label: `the ${countText(matching)} that match` }]),
      { id: 'all', label: `all ${countText(all)}` },
    ],
    exampleFile: 'users.csv',
  };
}
