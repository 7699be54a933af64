import type { StoredConnection } from '../../core/directory/directory-connection.ts';
import type { FieldSpec } from '../widgets/form/field.ts';
import {
  domainField,
  kindField,
  limitFields,
  serverFields,
  trustedDomainsField,
  withBaseDnKey,
} from './connection-fields.ts';
import { attributeFieldsOf, filterFields } from './mapping-fields.ts';

/** The pages of the connection's form. */
export const directoryTabs = [
  { id: 'settings', title: 'Settings' },
  { id: 'filters', title: 'Filters' },
  { id: 'attributes', title: 'Attributes' },
] as const;
export type DirectoryTab = (typeof directoryTabs)[number]['id'];

/** The fields of all tabs. */
export function directoryFields(stored: StoredConnection): readonly FieldSpec[] {
  return [
    kindField,
    ...serverFields(stored).map(withBaseDnKey),
    domainField,
    trustedDomainsField,
    ...limitFields,
    ...filterFields(),
    ...attributeFieldsOf(),
  ];
}

const tabOfField = new Map<string, DirectoryTab>([
  ...filterFields().map(({ id }) => [id, 'filters'] as const),
  ...attributeFieldsOf().map(({ id }) => [id, 'attributes'] as const),
]);

export function tabOf(field: string): DirectoryTab {
  return tabOfField.get(field) ?? 'settings';
}
