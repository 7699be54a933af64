import { resolve } from 'node:path';
import { missingFile } from '../files/existing-file.ts';
import { writeExport } from '../files/write-export.ts';
import type { ScreenContext } from '../shell/screen.ts';
import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

/** Writes the stored settings as YAML to a file that is asked for. */
export async function exportCompanySettings(context: ScreenContext): Promise<void> {
  const values = await context.overlays.fill(exportForm);
  if (values === null) return;
  const { exportSettings } = await import('../../core/exchange/export-settings.ts');
  const parts = [await exportSettings(context.core)];
  await writeExport(context, { path: pathOf(values.file), parts, total: 1, perPart: 1 });
}

/** Shows what a file that is asked for would change. @param onDone called when it was changed */
export async function importCompanySettings(context: ScreenContext, onDone: () => void): Promise<void> {
  const values = await context.overlays.fill(importForm);
  if (values === null) return;
  const file = pathOf(values.file);
  const { readSettingsFile } = await import('../../core/settings/settings-yaml.ts');
  const given = readSettingsFile(file);
  const { prepareImport } = await import('../../core/exchange/import-settings.ts');
  const prepared = await prepareImport(context.core, given);
  if (Object.keys(prepared.changes).length === 0) {
    context.status.say(`Everything already has the values of ${file}.`);
    return;
  }
  const { openSettingsImport } = await import('./import/screen.tsx');
  context.open(openSettingsImport(context, { file, given, prepared, onDone }));
}

function pathOf(text: unknown): string {
  return resolve(String(text).trim());
}

const exportForm: FormDialogOptions = {
  title: 'Export company settings',
  text: 'Those of e-mail, gateways and wordings, too, without secrets. Only your account may read the file.',
  fields: [
    { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: 'such as settings.yaml' },
  ],
  values: { file: '' },
  label: 'Export',
};

const importForm: FormDialogOptions = {
  title: 'Import company settings',
  text: 'Shows what the file would change. Settings that it does not name stay as they are.',
  fields: [
    {
      kind: 'text',
      id: 'file',
      label: 'File',
      isRequired: true,
      placeholder: 'such as settings.yaml',
      check: missingFile,
    },
  ],
  values: { file: '' },
  label: 'Show',
};
