import { resolve } from 'node:path';
import { missingFile } from '../../files/existing-file.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

/** Asks for the file; null when it was cancelled. */
export async function askCsvFile({
  overlays,
}: ScreenContext): Promise<{ readonly file: string; readonly update: boolean } | null> {
  const values = await overlays.fill(fileForm);
  return values === null
    ? null
    : { file: resolve(String(values.file).trim()), update: values.update === true };
}

const fileForm: FormDialogOptions = {
  title: 'Import users from a CSV file',
  text: 'The first line names the columns. Nothing is written before you have seen a preview.',
  fields: [
    {
      kind: 'text',
      id: 'file',
      label: 'File',
      isRequired: true,
      placeholder: 'users.csv',
      check: missingFile,
    },
    {
      kind: 'toggle',
      id: 'update',
      label: 'Change known users',
      help: 'Else lines of users who are there already are skipped.',
    },
  ],
  values: { file: '', update: false },
  label: 'Preview',
};
