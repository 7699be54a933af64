import type { AttributeMap } from '../attributes.ts';
import { parseGuid } from '../directory-id.ts';
import { anyOf, escapeValue } from './filter-text.ts';

/** As many ids as one question names. */
export const idsPerQuestion = 50;

/** The filter that finds the entry with a directory id. */
export function hasId(map: AttributeMap, id: string): string {
  const isBinary = map.uniqueIdentifierType === 'guid';
  return `(${map.uniqueIdentifier}=${escapeValue(isBinary ? (parseGuid(id) ?? id) : id)})`;
}

/** The filters that find the entries with directory ids, some of them at a time. */
export function* idFilters(map: AttributeMap, ids: Iterable<string>): Generator<string> {
  const all = [...ids];
  for (let start = 0; start < all.length; start += idsPerQuestion) {
    yield anyOf(all.slice(start, start + idsPerQuestion).map((id) => hasId(map, id)));
  }
}
