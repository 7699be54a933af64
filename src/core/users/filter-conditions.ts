import type { SqlValue } from '../store/store.ts';
import { type Method, methods, modesOf } from './method.ts';
import { type UserState, usernameKey } from './user.ts';
import type { Facet, UserFilter } from './user-filter.ts';

/** A part of a filter as SQL. */
export interface Condition {
  /** True for the rows of `users` that it lets through. */
  test: Sql;
  /** Selects, through an index, the ids of those rows, or of somewhat more; undefined when nearly all have it. */
  candidates?: Sql;
  /** The candidates are exactly the rows that pass. */
  isExact?: boolean;
  /** It lets through everybody except these, who do not overlap. */
  allExcept?: readonly Condition[];
}

export interface Sql {
  sql: string;
  parameters: readonly SqlValue[];
}

/** @param now the moment for which states are told, ISO 8601 */
export function conditionsOf(filter: UserFilter, now: string): Condition[] {
  const facets = filter.facets.map((facet) => facetCondition(facet, now));
  return filter.words.length === 0 ? facets : [wordsCondition(filter.words), ...facets];
}

export function stateCondition(state: UserState, now: string): Condition {
  if (state === 'disabled') return indexed('users.enabled = 0');
  if (state === 'enabled') {
    const { test } = withoutSpecialState('users.pin_must_change = 0', now);
    const others = ['disabled', 'blocked', 'lockedOut', 'bypassed', 'pinChangeRequired'] as const;
    return { test, allExcept: others.map((other) => stateCondition(other, now)) };
  }
  if (state === 'pinChangeRequired') return withoutSpecialState('users.pin_must_change = 1', now);
  const before = precedence.slice(0, precedence.indexOf(momentOf[state]));
  const earlier = before.map((column) => ` AND ${hasPassed(column)}`).join('');
  return indexed(
    `users.enabled = 1 AND users.${momentOf[state]} > ?${earlier}`,
    now,
    ...before.map(() => now),
  );
}

const momentOf = { blocked: 'blocked_until', lockedOut: 'locked_until', bypassed: 'bypass_until' } as const;
/** Of two states, the one whose column stands first counts. */
const precedence = ['blocked_until', 'locked_until', 'bypass_until'] as const;

function withoutSpecialState(first: string, now: string): Condition {
  const passed = precedence.map((column) => ` AND ${hasPassed(column)}`).join('');
  return indexed(`${first} AND users.enabled = 1${passed}`, now, now, now);
}

function hasPassed(column: string): string {
  return `coalesce(users.${column}, '') <= ?`;
}

function indexed(sql: string, ...parameters: SqlValue[]): Condition {
  const test = { sql, parameters };
  return { test, candidates: { sql: `SELECT id FROM users WHERE ${sql}`, parameters }, isExact: true };
}

function facetCondition(facet: Facet, now: string): Condition {
  const condition = positiveCondition(facet, now);
  return facet.isNegative ? negate(condition) : condition;
}

function positiveCondition({ name, value }: Facet, now: string): Condition {
  switch (name) {
    case 'state':
      return stateCondition(value as UserState, now);
    case 'method':
      return indexed('users.method = ?', value);
    case 'mode': {
      const owners = methods.filter((method: Method) =>
        (modesOf[method] as readonly string[]).includes(value),
      );
      return indexed(
        `users.method IN (${owners.map(() => '?').join(', ')}) AND users.mode = ?`,
        ...owners,
        value,
      );
    }
    case 'source':
      return indexed('users.source = ?', value);
    case 'group':
      return indexed('users.user_group = ? COLLATE NOCASE', value);
    case 'item':
      return indexed(
        'users.sync_item_id IN (SELECT id FROM sync_items WHERE name_key = ?)',
        usernameKey(value),
      );
    case 'enabled':
      return value === 'no' ? indexed('users.enabled = 0') : negate(indexed('users.enabled = 0'));
    case 'has':
      return indexed(`users.${columnOf[value] ?? 'id'} IS NOT NULL`);
  }
}

const columnOf: Record<string, string> = {
  phone: 'phone',
  email: 'email',
  pin: 'pin_hash',
  directory: 'directory_id',
};

function negate(condition: Condition): Condition {
  const { sql, parameters } = condition.test;
  return { test: { sql: `(${sql}) IS NOT TRUE`, parameters }, allExcept: [condition] };
}

/**
 * All words at once. One or two letters are looked up as the start of a word, three as one trigram; of a
 * longer word the index knows only that a text has all its trigrams, so the text itself is looked at, too.
 */
function wordsCondition(words: readonly string[]): Condition {
  const parts = words.map((word) =>
    isShort(word) ? ' '.repeat(letters(word).length === 1 ? 2 : 1) + word : word,
  );
  const trigrams = new Set(parts.flatMap(trigramsOf));
  const match = [...trigrams].map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
  return {
    test: { sql: parts.map(() => 'instr(users.search_text, ?) > 0').join(' AND '), parameters: parts },
    candidates: {
      sql: 'SELECT rowid AS id FROM users_search WHERE users_search MATCH ?',
      parameters: [match],
    },
    isExact: words.every((word) => letters(word).length <= 3),
  };
}

function isShort(word: string): boolean {
  return letters(word).length < 3;
}

function trigramsOf(text: string): string[] {
  const all = letters(text);
  return all.slice(0, -2).map((_, index) => all.slice(index, index + 3).join(''));
}

/** Characters as SQLite counts them: a surrogate pair is one. */
function letters(text: string): string[] {
  return Array.from(text);
}
