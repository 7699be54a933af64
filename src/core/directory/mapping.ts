import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type AttributeField, attributeFields, attributeMap } from './attributes.ts';
import { type DirectoryFilters, defaultFilters } from './default-filters.ts';
import type { DirectorySettings } from './directory-settings.ts';

export const filterNames = ['container', 'group', 'user'] as const;
export type FilterName = (typeof filterNames)[number];

/** @throws {MfaError} `settings.unknown`, with the nearest name */
export function filterName(text: string): FilterName {
  return oneOf('filter', text, filterNames);
}

/** @throws {MfaError} `settings.unknown`, with the nearest name */
export function attributeField(text: string): AttributeField {
  return oneOf('field', text, attributeFields);
}

/** The filters that count: the administrator's, else the defaults of the directory's type. */
export function filtersIn({ type, filters }: Pick<DirectorySettings, 'type' | 'filters'>): DirectoryFilters {
  const defaults = defaultFilters[type];
  return {
    container: filters.container || defaults.container,
    group: filters.group || defaults.group,
    user: filters.user || defaults.user,
  };
}

/** Settings with other filters. One that is empty or the default is not stored, so that it follows the default. */
export function withFilters(
  settings: DirectorySettings,
  filters: Partial<DirectoryFilters>,
): DirectorySettings {
  const all = { ...settings.filters, ...filters };
  const own = filterNames
    .map((name) => [name, (all[name] ?? '').trim()] as const)
    .filter(([name, filter]) => filter !== '' && filter !== defaultFilters[settings.type][name]);
  return { ...settings, filters: Object.fromEntries(own) };
}

/**
 * Settings with other attributes; an empty one is read from nowhere. One that is the default is not stored.
 * @throws {MfaError} `directory.invalid` for a type of identifier that there is not
 */
export function withAttributes(
  settings: DirectorySettings,
  attributes: Partial<Record<AttributeField, string>>,
): DirectorySettings {
  const { uniqueIdentifierType: type } = attributes;
  if (type !== undefined && type !== 'guid' && type !== 'text') {
    throw new MfaError('directory.invalid', `"${type}" is no type of identifier.`, {
      advice: 'Use guid or text.',
    });
  }
  const defaults = attributeMap(settings.type, {});
  const all = attributeMap(settings.type, { ...settings.attributes, ...attributes });
  const own = attributeFields
    .map((field) => [field, all[field].trim()] as const)
    .filter(([field, attribute]) => attribute !== defaults[field]);
  return { ...settings, attributes: Object.fromEntries(own) };
}

function oneOf<Name extends string>(what: string, text: string, names: readonly Name[]): Name {
  const name = names.find((known) => known === text);
  if (name !== undefined) return name;
  const near = nearest(text, names);
  throw new MfaError('settings.unknown', `There is no ${what} "${text}".`, {
    advice: near === undefined ? `There are ${names.join(', ')}.` : `Did you mean ${near}?`,
  });
}
