import type { FormDialogOptions } from '../widgets/form-dialog/form-dialog.ts';

/** What there is to export, and what it is called. */
export interface ExportOffer {
  readonly title: string;
  readonly text: string;
  /** Above the choice, such as `Users`. */
  readonly things: string;
  /** Which of them, the likeliest first. */
  readonly which: readonly { readonly id: string; readonly label: string }[];
  readonly exampleFile: string;
}

/** Asks which things are exported (`which`), as CSV or JSON (`format`), and to which file (`file`). */
export function exportForm({ title, text, things, which, exampleFile }: ExportOffer): FormDialogOptions {
  const formats = [
    { id: 'csv', label: 'CSV' },
    { id: 'json', label: 'JSON' },
  ];
  return {
    title,
    text: `${text} Only your account may read the file.`,
    fields: [
      { kind: 'choice', id: 'which', label: things, options: which },
      { kind: 'choice', id: 'format', label: 'Format', options: formats },
      { kind: 'text', id: 'file', label: 'File', isRequired: true, placeholder: `such as ${exampleFile}` },
    ],
    values: { which: which[0]?.id ?? '', format: 'csv', file: '' },
    label: 'Export',
  };
}
