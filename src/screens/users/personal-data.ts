import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Erasure } from '../../core/personal-data/erase-personal-data.ts';
import { erasureNotes, erasureText, returnNote } from '../../core/personal-data/erasure-text.ts';
import { harmlessJson } from '../../core/plain-text.ts';
import type { User } from '../../core/users/user.ts';
import { writeExport } from '../files/write-export.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { confirmation, confirmed, reportDialog } from '../widgets/dialog/state.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

/** Writes all that is stored about one person to a file that is asked for. */
export async function exportPersonalData(context: ScreenContext, { username }: User): Promise<void> {
  const values = await context.overlays.fill(exportForm(username));
  if (values === null) return;
  const { exportPersonalData: collect } = await import('../../core/personal-data/export-personal-data.ts');
  await writeExport(context, {
    path: resolve(String(values.file).trim()),
    parts: [`${harmlessJson(collect(context.core, username))}\n`],
    total: 1,
    perPart: 1,
  });
}

/** Removes a user and erases what is stored about them, after showing how much that is. @returns whether it was done */
export async function erasePersonalData(context: ScreenContext, { username }: User): Promise<boolean> {
  const { core, overlays, status } = context;
  const { erasePersonalData: erase } = await import('../../core/personal-data/erase-personal-data.ts');
  const values = await overlays.fill(reasonForm(username));
  if (values === null) return false;
  const reason = String(values.reason);
  const planned = erase(core, username, { reason, dryRun: true });
  const question = confirmation('Erase all data of a user', eraseQuestion(planned), 'Erase');
  if ((await overlays.ask(question)) !== confirmed) return false;
  const erasure = await context.work('Erase', () =>
    eraseBehindBar(context, () => erase(core, username, { reason })),
  );
  if (erasure === undefined) return false;
  status.say(`Erased ${erasureText(erasure)}.`, 'ok');
  const notes = erasureNotes(erasure);
  if (notes.length > 0) await overlays.ask(reportDialog('Erased', `Erased ${erasureText(erasure)}.`, notes));
  return true;
}

export function eraseQuestion(planned: Erasure): string {
  const notes = [
    'Backups, exported files and copies of the database from before an update still have the person.',
    ...(planned.wasFromDirectory ? [returnNote] : []),
  ];
  return `Erase ${planned.username}: ${erasureText(planned)}? Nobody can take that back.\n\n${notes.join(' ')}`;
}

async function eraseBehindBar({ overlays }: ScreenContext, erase: () => Erasure): Promise<Erasure> {
  const progress = overlays.progress('Erase', null, () => undefined);
  try {
    // The bar is drawn before the file is written anew, which lets no frame through.
    await setImmediate();
    await setImmediate();
    return erase();
  } finally {
    progress.close();
  }
}

function exportForm(username: string): FormDialogOptions {
  return {
    title: 'Export all data of a user',
    text: `All that is stored about ${username}: fields, audit events, what runs found, mails. No PIN. Only your account may read the file.`,
    fields: [
      { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: `such as ${username}.json` },
    ],
    values: { file: '' },
    label: 'Export',
  };
}

function reasonForm(username: string): FormDialogOptions {
  return {
    title: 'Erase all data of a user',
    text: `Removes ${username}, and what the audit log, runs and the outbox tell of them. You are asked once more.`,
    fields: [
      {
        kind: 'text',
        id: 'reason',
        label: 'Reason',
        isRequired: true,
        placeholder: 'such as request 4711',
        help: 'It stays in the audit log; do not name the person.',
      },
    ],
    values: { reason: '' },
    label: 'Continue',
  };
}
