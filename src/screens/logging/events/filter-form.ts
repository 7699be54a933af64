import { auditFilterText, auditResults } from '../../../core/audit/audit-filter.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

/** Lets a filter be put together without knowing how it is written. */
export const filterForm: FormDialogOptions = {
  title: 'Filter the events',
  text: 'What is left empty does not matter. The filter can be changed as text with / afterwards.',
  fields: [
    {
      kind: 'text',
      id: 'who',
      label: 'Who',
      placeholder: 'such as root',
      help: 'The account, with or without @machine.',
    },
    {
      kind: 'text',
      id: 'what',
      label: 'What',
      placeholder: 'such as user or user.added',
      help: 'The action, or how actions begin.',
    },
    {
      kind: 'text',
      id: 'target',
      label: 'Target',
      placeholder: 'such as jdoe',
      help: 'The user, run or setting, written out.',
    },
    {
      kind: 'choice',
      id: 'result',
      label: 'Result',
      options: [{ id: '', label: 'any' }, ...auditResults.map((id) => ({ id, label: id }))],
    },
    {
      kind: 'text',
      id: 'since',
      label: 'Since',
      placeholder: 'such as 2h, 7d or 2026-03-01',
      help: 'So long ago, a day, or a time such as 2026-03-01T08:30.',
    },
    { kind: 'text', id: 'text', label: 'Text', help: 'Words that occur anywhere in the event.' },
  ],
  values: { who: '', what: '', target: '', result: '', since: '', text: '' },
  label: 'Filter',
  isLookup: true,
};

/** The text of what was filled in. */
export function filterTextOf(values: FormValues): string {
  return auditFilterText(
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
  );
}
