import { timestamp } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { countMatches, type Matches, selectFrom, whereAll } from './count-users.ts';
import { type Condition, conditionsOf, stateCondition } from './filter-conditions.ts';
import { type User, type UserState, userStates } from './user.ts';
import { parseUserFilter } from './user-filter.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';

export const sortColumns = [
  'username',
  'name',
  'email',
  'phone',
  'method',
  'state',
  'source',
  'lastAuthenticated',
] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface ListOptions {
  /** Words and facets, as {@link parseUserFilter} reads them; left out or blank, everybody. */
  filter?: string | undefined;
  /** Left out: by username. Users without a value come first. */
  sort?: SortColumn | undefined;
  descending?: boolean | undefined;
  /** How many users at most; left out, all. */
  limit?: number | undefined;
  /** How many to pass over first. */
  offset?: number | undefined;
  /** Count one by one where a quick answer would be an estimate. */
  exactTotal?: boolean | undefined;
}

export interface UserPage {
  /** How many users pass the filter. */
  total: number;
  /** False: the total is an estimate, good to some percent. */
  isTotalExact: boolean;
  users: User[];
}

/** What a page is sorted by, and the index that has this order. The id decides between equals. */
const sorts: Record<Exclude<SortColumn, 'state'>, { terms: readonly string[]; index: string }> = {
  username: { terms: ['users.username_key'], index: 'users_username' },
  name: {
    terms: ['users.last_name COLLATE NOCASE', 'users.first_name COLLATE NOCASE'],
    index: 'users_name',
  },
  email: { terms: ['users.email COLLATE NOCASE'], index: 'users_email' },
  phone: { terms: ['users.phone'], index: 'users_phone' },
  method: { terms: ['users.method', 'users.mode'], index: 'users_method' },
  source: { terms: ['users.source'], index: 'users_source' },
  lastAuthenticated: { terms: ['users.last_authenticated_at'], index: 'users_last_authenticated' },
};

/** Troubles first. */
const statesInOrder: readonly UserState[] = [...userStates.slice(1), 'enabled'];
/** The set of matching ids may be this large to be kept aside while an index is walked. */
const largestIdSet = 250_000;

/** As {@link UserPage}, but only the users' ids: for lists that are printed or drawn part by part. */
export interface UserIdPage extends Omit<UserPage, 'users'> {
  ids: number[];
}

/**
 * One page of users, and how many there are.
 * @throws {MfaError} `filter.invalid`
 */
export function listUsers(context: UsersContext, options: ListOptions): UserPage {
  context.store.mapIntoMemory();
  return context.store.snapshot(() => {
    const { ids, ...counted } = listUserIds(context, options);
    return { ...counted, users: usersByIds(context, ids) };
  });
}

/** @throws {MfaError} `filter.invalid` */
export function listUserIds(context: UsersContext, options: ListOptions): UserIdPage {
  const { store } = context;
  store.mapIntoMemory();
  return store.snapshot(() => {
    const now = timestamp(context.clock());
    const conditions = conditionsOf(parseUserFilter(options.filter ?? ''), now);
    const matches = countMatches(store, conditions, options.exactTotal ?? false);
    const ids = pageIds(store, conditions, matches, options, now);
    return { total: matches.total, isTotalExact: matches.isExact, ids };
  });
}

/** The users with these ids, in their order; those that are gone are left out. */
export function usersByIds(context: UsersContext, ids: readonly number[]): User[] {
  const byId = context.store.prepare<UserRow>('SELECT * FROM users WHERE id = ?');
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [userFromRow(row)];
  });
}

function pageIds(
  store: Store,
  conditions: readonly Condition[],
  matches: Matches,
  options: ListOptions,
  now: string,
): number[] {
  const { sort = 'username', descending = false, offset = 0 } = options;
  const { total, isExact } = matches;
  const asked = options.limit ?? Number.MAX_SAFE_INTEGER;
  // A page that reaches over the end would look as if it were near to the beginning.
  const limit = isExact ? Math.min(asked, Math.max(0, total - offset)) : asked;
  if (total === 0 || limit === 0) return [];
  const left = total - offset - limit;
  if (isExact && left >= 0 && left < offset) {
    // Nearer to the end: walk from there.
    return orderedIds(store, conditions, matches, sort, !descending, limit, left, now).reverse();
  }
  return orderedIds(store, conditions, matches, sort, descending, limit, offset, now);
}

function orderedIds(
  store: Store,
  conditions: readonly Condition[],
  matches: Matches,
  sort: SortColumn,
  descending: boolean,
  limit: number,
  offset: number,
  now: string,
): number[] {
  const direction = descending ? ' DESC' : '';
  if (sort === 'state') {
    return matches.narrowest === null
      ? idsByState(store, conditions, descending, limit, offset, now)
      : fewIdsByState(store, conditions, matches.narrowest, descending, limit, offset, now);
  }
  const { terms, index } = sorts[sort];
  const order = [...terms, 'users.id'].map((term) => term + direction).join(', ');
  const [only] = conditions;
  if (matches.narrowest !== null) {
    const { sql, parameters } = selectFrom(matches.narrowest, conditions);
    return selectIds(
      store,
      `SELECT users.id ${sql} ORDER BY ${order} LIMIT ? OFFSET ?`,
      parameters,
      limit,
      offset,
    );
  }
  if (conditions.length === 1 && only?.isExact && only.candidates && matches.total <= largestIdSet) {
    const { sql, parameters } = only.candidates;
    const walk = `SELECT users.id FROM users INDEXED BY ${index} WHERE +users.id IN (${sql})`;
    return selectIds(store, `${walk} ORDER BY ${order} LIMIT ? OFFSET ?`, parameters, limit, offset);
  }
  const where = whereAll(conditions);
  const walk = `SELECT users.id FROM users INDEXED BY ${index}${where.sql}`;
  return selectIds(store, `${walk} ORDER BY ${order} LIMIT ? OFFSET ?`, where.parameters, limit, offset);
}

/** Few enough users to tell the state of each. */
function fewIdsByState(
  store: Store,
  conditions: readonly Condition[],
  narrowest: Condition,
  descending: boolean,
  limit: number,
  offset: number,
  now: string,
): number[] {
  const { sql, parameters } = selectFrom(narrowest, conditions);
  const tests = statesInOrder.slice(0, -1).map((state) => stateCondition(state, now).test);
  const rank = `CASE ${tests.map((test, index) => `WHEN ${test.sql} THEN ${index}`).join(' ')} ELSE 9 END`;
  const direction = descending ? ' DESC' : '';
  return selectIds(
    store,
    `SELECT users.id ${sql} ORDER BY ${rank}${direction}, users.id${direction} LIMIT ? OFFSET ?`,
    [...parameters, ...tests.flatMap((test) => test.parameters)],
    limit,
    offset,
  );
}

/** State is told from several columns, so the list is made of one part for each state, by id. */
function idsByState(
  store: Store,
  conditions: readonly Condition[],
  descending: boolean,
  limit: number,
  offset: number,
  now: string,
): number[] {
  const direction = descending ? 'DESC' : 'ASC';
  const found: number[] = [];
  let toPass = offset;
  for (const state of descending ? statesInOrder.toReversed() : statesInOrder) {
    const inState = stateCondition(state, now);
    const where = whereAll([inState, ...conditions]);
    const sql = `FROM users${where.sql}`;
    const part = `SELECT users.id ${sql} ORDER BY users.id ${direction} LIMIT ? OFFSET ?`;
    const partIds = selectIds(store, part, where.parameters, limit - found.length, toPass);
    found.push(...partIds);
    if (found.length >= limit) break;
    if (toPass > 0 && partIds.length === 0) {
      toPass -= countMatches(store, [inState, ...conditions], true).total;
    } else {
      toPass = 0;
    }
  }
  return found;
}

function selectIds(
  store: Store,
  sql: string,
  parameters: Condition['test']['parameters'],
  limit: number,
  offset: number,
): number[] {
  const rows = store.prepare<{ id: number }>(sql).all(...parameters, limit, offset);
  return rows.map((row) => row.id);
}
