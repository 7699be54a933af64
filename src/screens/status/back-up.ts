import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { shortestPassphrase } from '../../core/backup/passphrase.ts';
import type { WrittenBackup } from '../../core/backup/write-backup.ts';
import { countText } from '../../core/count-text.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { confirmation, confirmed } from '../widgets/dialog/state.ts';
import type { FormValues } from '../widgets/form/field.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

/** Writes a backup to a file that is asked for. @returns whether one was written */
export async function backUp(context: ScreenContext): Promise<boolean> {
  const { overlays, status } = context;
  const values = await overlays.fill(backupForm);
  if (values === null) return false;
  const file = resolve(String(values.file).trim());
  const question = confirmation('Back up', `${file} exists. Replace it?`, 'Replace');
  const isThere = existsSync(file);
  if (isThere && (await overlays.ask(question)) !== confirmed) return false;
  const written = await context.work('Back up', () => write(context, file, values, isThere));
  if (written === undefined) return false;
  status.say(`Wrote ${countText(written.bytes)} bytes to ${written.file}.`, 'ok');
  return true;
}

async function write(
  { core, overlays }: ScreenContext,
  file: string,
  { protection, passphrase }: FormValues,
  replace: boolean,
): Promise<WrittenBackup> {
  const progress = overlays.progress('Back up', null, () => undefined);
  try {
    // The bar is drawn before the copying, which lets no frame through.
    await setImmediate();
    await setImmediate();
    const { writeBackup } = await import('../../core/backup/write-backup.ts');
    return await writeBackup(core, file, {
      passphrase: protection === 'whole' ? String(passphrase) : null,
      replace,
    });
  } finally {
    progress.close();
  }
}

export const backupForm: FormDialogOptions = {
  title: 'Back up',
  text: 'With a passphrase the file is all that a new machine needs. Keep the passphrase elsewhere: nothing opens the file without it.',
  fields: [
    { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: 'mfa.backup' },
    {
      kind: 'choice',
      id: 'protection',
      label: 'Holds',
      options: [
        { id: 'whole', label: 'all, encrypted' },
        { id: 'database', label: 'the database, not encrypted' },
      ],
      help: 'Secrets stay sealed either way; names and phones do not.',
    },
    {
      kind: 'password',
      id: 'passphrase',
      label: 'Passphrase',
      checksEmpty: true,
      check: (value, { protection }) =>
        protection !== 'whole' || String(value).length >= shortestPassphrase
          ? null
          : `A passphrase needs at least ${shortestPassphrase} characters.`,
    },
    {
      kind: 'password',
      id: 'again',
      label: 'Passphrase again',
      checksEmpty: true,
      check: (value, values) => (value === values.passphrase ? null : 'The passphrases differ.'),
    },
  ],
  values: { file: '', protection: 'whole', passphrase: '', again: '' },
  label: 'Back up',
};
