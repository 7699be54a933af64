import { type AttributeField, attributeFields, attributeMap } from '../../core/directory/attributes.ts';
import { defaultFilters } from '../../core/directory/default-filters.ts';
import type { DirectoryType } from '../../core/directory/directory.ts';
import { type FilterName, filterNames } from '../../core/directory/mapping.ts';
import type { FieldSpec, FormValues } from '../widgets/form/field.ts';
import { attributeLabels } from './attribute-labels.ts';

/** Each type has fields of its own, so that trying another type loses nothing. */
export const filterId = (type: DirectoryType, name: FilterName) => `${type} filter ${name}`;
export const attributeId = (type: DirectoryType, name: AttributeField) => `${type} attribute ${name}`;

const filterLabels: Record<FilterName, string> = {
  container: 'Containers',
  group: 'Security groups',
  user: 'Users',
};

const filterHelp: Record<FilterName, string> = {
  container: 'LDAP filter of what the tree shows. Empty: the default.',
  group: 'LDAP filter of groups that people can be taken from. Empty: the default.',
  user: 'LDAP filter of people; nobody else is imported. Empty: the default.',
};

const attributeHelp: Partial<Record<AttributeField, string>> = {
  uniqueIdentifier: 'By which people are recognized for ever, whatever they are called.',
  username: 'Of two, with a ; between, the second is taken when the first is empty.',
  containerName: 'Of two, with a ; between, the second is taken when the first is empty.',
  custom: 'Any other attribute with a phone number.',
};

/** Types whose mapping can be changed; the sample company is always read in the same way. */
const mappedTypes: readonly DirectoryType[] = ['activeDirectory', 'ldap'];

/** The filters of all types; only those of the chosen type are there. */
export function filterFields(): readonly FieldSpec[] {
  return mappedTypes.flatMap((type) =>
    filterNames.map((name): FieldSpec => {
      return {
        kind: 'text',
        id: filterId(type, name),
        label: filterLabels[name],
        isWide: true,
        help: filterHelp[name],
        isShown: isOf(type),
      };
    }),
  );
}

/** The attributes of all types; only those of the chosen type are there. */
export function attributeFieldsOf(): readonly FieldSpec[] {
  return mappedTypes.flatMap((type) => attributeFields.map((name) => attributeField(type, name)));
}

function attributeField(type: DirectoryType, name: AttributeField): FieldSpec {
  const base = { id: attributeId(type, name), label: attributeLabels[name], isShown: isOf(type) };
  if (name === 'uniqueIdentifierType') {
    return {
      ...base,
      kind: 'choice',
      options: [
        { id: 'guid', label: 'GUID of 16 bytes' },
        { id: 'text', label: 'text' },
      ],
    };
  }
  return {
    ...base,
    kind: 'text',
    placeholder: '(none)',
    isRequired: name === 'uniqueIdentifier',
    help: attributeHelp[name] ?? 'Name of the attribute; empty for none.',
  };
}

/** What a type of directory is read with by default. */
export function defaultMapping(type: DirectoryType, what: 'filters' | 'attributes'): FormValues {
  if (what === 'filters') {
    return Object.fromEntries(filterNames.map((name) => [filterId(type, name), defaultFilters[type][name]]));
  }
  const attributes = attributeMap(type, {});
  return Object.fromEntries(attributeFields.map((name) => [attributeId(type, name), attributes[name]]));
}

function isOf(type: DirectoryType) {
  return ({ kind }: FormValues) => kind === type;
}
