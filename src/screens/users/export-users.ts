import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { PrivateFile } from '../../core/private-file.ts';
import type { ExportFormat } from '../../core/users/user-export.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { countText } from '../text/count-text.ts';
import { confirmation, confirmed } from '../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

/** Which users there are to choose from. */
export interface Exportable {
  readonly markedIds: readonly number[];
  readonly filter: string;
  readonly matching: number;
  readonly all: number;
}

/** Writes users to a file that only this account may read. */
export async function exportUsers(context: ScreenContext, which: Exportable): Promise<void> {
  const { overlays, status } = context;
  const values = await overlays.fill(exportForm(which));
  if (values === null) return;
  const file = resolve(String(values.file).trim());
  const question = confirmation('Export', `${file} exists. Replace it?`, 'Replace');
  if (existsSync(file) && (await overlays.ask(question)) !== confirmed) return;
  const format = values.format as ExportFormat;
  const isWritten = await context.work('Export', (signal) =>
    writeUsers(context, file, format, chosenUsers(which, values.which), signal),
  );
  if (isWritten === undefined) return;
  if (isWritten) status.say(`Exported to ${file}.`, 'ok');
  else status.say('The export was stopped; nothing was written.', 'warning');
}

interface ChosenUsers {
  readonly which: string | readonly number[];
  readonly count: number;
}

function chosenUsers({ markedIds, filter, matching, all }: Exportable, choice: unknown): ChosenUsers {
  if (choice === 'marked') return { which: markedIds, count: markedIds.length };
  return choice === 'matching' ? { which: filter, count: matching } : { which: '', count: all };
}

const usersPerPart = 500;

/** @returns false when it was stopped */
async function writeUsers(
  { core, overlays }: ScreenContext,
  path: string,
  format: ExportFormat,
  { which, count }: ChosenUsers,
  quitSignal: AbortSignal,
): Promise<boolean> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, quitSignal]);
  const isLong = count > 4 * usersPerPart;
  const progress = isLong ? overlays.progress('Export', count, () => stop.abort()) : null;
  let written = 0;
  try {
    using file = new PrivateFile(path);
    for (const part of core.users.export(format, which)) {
      if (signal.aborted) return false;
      file.write(part);
      written = Math.min(count, written + usersPerPart);
      progress?.advance(written, path);
      await setImmediate();
    }
    file.finish();
    return true;
  } finally {
    progress?.close();
  }
}

export function exportForm({ markedIds, filter, matching, all }: Exportable): FormDialogOptions {
  const options = [
    ...(markedIds.length > 0 ? [{ id: 'marked', label: `the ${countText(markedIds.length)} marked` }] : []),
    ...(filter === '' ? [] : [{ id: 'matching', label: `the ${countText(matching)} that match` }]),
    { id: 'all', label: `all ${countText(all)}` },
  ];
  return {
    title: 'Export users',
    text: 'PINs are not exported. Only your account may read the file.',
    fields: [
      { kind: 'choice', id: 'which', label: 'Users', options },
      {
        kind: 'choice',
        id: 'format',
        label: 'Format',
        options: [
          { id: 'csv', label: 'CSV' },
          { id: 'json', label: 'JSON' },
        ],
      },
      { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: 'users.csv' },
    ],
    values: { which: options[0]?.id ?? 'all', format: 'csv', file: '' },
    label: 'Export',
  };
}
