import type { AttributeMap } from '../attributes.ts';
import { anyOf, escapeValue, parseFilter } from './filter-text.ts';

/**
 * The filter of a search for people: a text that is itself a filter is taken as it is, another one must be part of
 * a name, username or e-mail address.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function searchFilter(text: string, map: AttributeMap): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('(')) {
    parseFilter(trimmed);
    return trimmed;
  }
  if (trimmed === '') return '(objectClass=*)';
  const attributes = ['displayName', 'cn', map.firstName, map.lastName, ...map.username.split(';'), map.email]
    .map((attribute) => attribute.trim())
    .filter((attribute) => attribute !== '');
  const value = escapeValue(trimmed);
  return anyOf([...new Set(attributes)].map((attribute) => `(${attribute}=*${value}*)`));
}
