import { filterProblem } from '../../../../core/directory/connection-problems.ts';
import { languageFields, methodFields } from '../../../directory-import/rules/defaults-forms.ts';
import { settingsFields } from '../../../directory-import/rules/settings-form.ts';
import type { FieldSpec, FormValues } from '../../../widgets/form/field.ts';

/** The pages of an item's form. */
export const itemTabs = [
  { id: 'item', title: 'Item' },
  { id: 'users', title: 'Users' },
  { id: 'defaults', title: 'Defaults' },
] as const;

const tabOfField = new Map<string, string>([
  ...settingsFields.map(({ id }) => [id, 'users'] as const),
  ...[...methodFields, ...languageFields].map(({ id }) => [id, 'defaults'] as const),
]);

export function tabOf(field: string): string {
  return tabOfField.get(field) ?? 'item';
}

const leaverOptions = [
  { id: 'leave', label: 'leave them as they are' },
  { id: 'disable', label: 'disable them' },
  { id: 'remove', label: 'remove them' },
];

/** The fields of an item as its place asks for them. */
export function itemFields({ scope }: FormValues): readonly FieldSpec[] {
  const isFilter = scope === 'filter';
  return [
    { kind: 'text', id: 'name', label: 'Name', isRequired: true },
    {
      kind: 'toggle',
      id: 'enabled',
      label: 'Switched on',
      help: 'Off: it is passed over, and its users stay as they are.',
    },
    {
      kind: 'lines',
      id: 'place',
      label: scope === 'group' ? 'Security group' : 'Place',
      placeholder: isFilter ? 'the whole directory' : 'none yet',
      help: 'Enter looks through the directory. It is known by its id: it may be renamed and moved.',
    },
    {
      kind: 'toggle',
      id: 'isDeep',
      label: scope === 'group' ? 'Groups in it, too' : 'And below',
      isShown: () => !isFilter,
    },
    {
      kind: 'text',
      id: 'filter',
      label: isFilter ? 'Filter' : 'Only with filter',
      isWide: true,
      isRequired: isFilter,
      placeholder: isFilter ? '' : 'everybody there',
      help: 'An LDAP filter such as (department=Sales). Ctrl+F tries it.',
      check: (value) => filterProblem(String(value).trim())?.sentence ?? null,
    },
    {
      kind: 'choice',
      id: 'leavers',
      label: 'Leavers',
      options: leaverOptions,
      help: 'Users whom neither this item nor another one finds any more.',
    },
    {
      kind: 'number',
      id: 'removeAfterDays',
      label: 'Remove after',
      least: 1,
      most: 3650,
      unit: 'days',
      placeholder: 'at once',
      help: 'They are disabled first. Empty: removed at once.',
      isShown: ({ leavers }) => leavers === 'remove',
    },
    ...settingsFields,
    ...methodFields,
    ...languageFields,
  ];
}
