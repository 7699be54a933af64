import { MfaError } from '../errors.ts';
import { methods, modesOf } from './method.ts';
import { wordsOf } from './search-text.ts';
import { userSources, userStates } from './user.ts';

export const facetValues = {
  state: userStates,
  method: methods,
  mode: [...new Set(Object.values(modesOf).flat())],
  source: userSources,
  enabled: ['yes', 'no'],
  has: ['phone', 'email', 'pin', 'directory'],
  /** Any text. */
  group: undefined,
  /** The name of a synchronization item. */
  item: undefined,
} as const satisfies Record<string, readonly string[] | undefined>;

export type FacetName = keyof typeof facetValues;

export interface Facet {
  name: FacetName;
  /** One of {@link facetValues} in its own spelling; for `group` and `item` any text. */
  value: string;
  /** Written `-state:disabled`: everyone else. */
  isNegative: boolean;
}

/** What a filter text asks for: users who have all words and all facets. */
export interface UserFilter {
  /** Folded as the search index has them. */
  words: string[];
  facets: Facet[];
}

/**
 * Reads a filter such as `smith state:disabled -method:oathToken group:"All staff"`. Quotes also keep a word
 * with a colon from being read as a facet. In a quoted value, two quotes are one of its letters.
 * @throws {MfaError} `filter.invalid`, with what is possible
 */
export function parseUserFilter(text: string): UserFilter {
  const filter: UserFilter = { words: [], facets: [] };
  for (const match of text.matchAll(term)) {
    const { sign = '', name, quotedValue, value, quoted, word = '' } = match.groups ?? {};
    if (name !== undefined) {
      filter.facets.push(facetOf(name, quotedValue?.replaceAll('""', '"') ?? value ?? '', sign === '-'));
    } else {
      filter.words.push(...wordsOf(quoted ?? word));
    }
  }
  return filter;
}

/** A facet with a plain or quoted value; quoted text; or a word. A quote that is never closed is a letter. */
const term =
  /(?<sign>-?)(?<name>[a-zA-Z]+):(?:"(?<quotedValue>(?:[^"]|"")*)"|(?<value>[^\s"]\S*|(?=\s|$)))|"(?<quoted>[^"]*)"|(?<word>\S+)/gu;

/** A facet as {@link parseUserFilter} reads it back, whatever letters its value has. */
export function writeFacet(name: FacetName, value: string): string {
  return `${name}:"${value.replaceAll('"', '""')}"`;
}

function facetOf(name: string, value: string, isNegative: boolean): Facet {
  const known = Object.keys(facetValues) as FacetName[];
  const facet = known.find((candidate) => candidate === name.toLowerCase());
  if (facet === undefined) {
    throw new MfaError('filter.invalid', `The filter has no "${name}:".`, {
      advice: `It knows ${known.map((one) => `${one}:`).join(', ')}; put quotes around a word with a colon.`,
    });
  }
  const values: readonly string[] | undefined = facetValues[facet];
  const wanted = value.trim();
  const found = values?.find((candidate) => candidate.toLowerCase() === wanted.toLowerCase());
  if (values === undefined ? wanted === '' : found === undefined) {
    throw new MfaError('filter.invalid', `The filter ${name}: cannot be "${wanted}".`, {
      advice: values === undefined ? 'Write a name after it.' : `It can be ${values.join(', ')}.`,
    });
  }
  return { name: facet, value: found ?? wanted, isNegative };
}
