import type { Store } from '../store/store.ts';
import type { Condition, Sql } from './filter-conditions.ts';

/** How many users pass, and the quickest way to them. */
export interface Matches {
  total: number;
  /** False: the total is an estimate from a sample. */
  isExact: boolean;
  /** The condition whose candidates are few enough to be looked at one by one; null when none is. */
  narrowest: Condition | null;
}

/** Candidates that may be looked at one by one within the time of a keystroke. */
const fewCandidates = 20_000;
const sampleSize = 1_000;
/** With fewer hits in the sample, an estimate would be a guess and walking to them a long way. */
const fewHits = 10;

/**
 * Counts the users who pass all conditions. Exact whenever an index knows the number or the candidates are few;
 * for the rest, such as the four and more letters that stand in everybody's address, it is counted one by one
 * if `exactTotal` asks for it, else estimated from a sample of users spread evenly.
 */
export function countMatches(store: Store, conditions: readonly Condition[], exactTotal: boolean): Matches {
  const [first] = conditions;
  if (first === undefined) return { total: countAll(store), isExact: true, narrowest: null };
  if (conditions.length === 1) {
    const known = countOf(store, first);
    if (known !== undefined) {
      return {
        total: known,
        isExact: true,
        narrowest: known <= fewCandidates && first.candidates ? first : null,
      };
    }
  }
  const { condition, size } = narrowest(store, conditions);
  if (Math.min(size, countAll(store)) <= fewCandidates) return lookAtAll(store, conditions, condition);
  if (!exactTotal) {
    const share = sampleShare(store, conditions);
    if (share >= fewHits / sampleSize) {
      return { total: Math.round(share * countAll(store)), isExact: false, narrowest: null };
    }
  }
  return lookAtAll(store, conditions, condition);
}

/** The ids that pass, found by looking at each candidate of one condition. */
export function selectFrom(condition: Condition | undefined, conditions: readonly Condition[]): Sql {
  const rest = condition?.isExact ? conditions.filter((other) => other !== condition) : conditions;
  const where = whereAll(rest);
  if (condition?.candidates === undefined)
    return { sql: `FROM users${where.sql}`, parameters: where.parameters };
  return {
    // CROSS JOIN keeps SQLite from turning the order around.
    sql: `FROM (${condition.candidates.sql}) AS candidate CROSS JOIN users ON users.id = candidate.id${where.sql}`,
    parameters: [...condition.candidates.parameters, ...where.parameters],
  };
}

export function whereAll(conditions: readonly Condition[]): Sql {
  if (conditions.length === 0) return { sql: '', parameters: [] };
  return {
    sql: ` WHERE ${conditions.map(({ test }) => `(${test.sql})`).join(' AND ')}`,
    parameters: conditions.flatMap(({ test }) => test.parameters),
  };
}

export function countAll(store: Store): number {
  return countRows(store, 'SELECT count(*) AS rows FROM users', []);
}

export function countFromDirectory(store: Store, ids: readonly number[]): number {
  const among = 'id IN (SELECT value FROM json_each(?))';
  const sql = `SELECT count(*) AS rows FROM users WHERE ${among} AND directory_id IS NOT NULL`;
  return countRows(store, sql, [JSON.stringify(ids)]);
}

/** The number that an index knows, or that follows from such numbers. */
export function countOf(store: Store, condition: Condition): number | undefined {
  if (condition.isExact && condition.candidates !== undefined) {
    const { sql, parameters } = condition.candidates;
    return countRows(store, `SELECT count(*) AS rows FROM (${sql})`, parameters);
  }
  if (condition.allExcept === undefined) return undefined;
  let total = countAll(store);
  for (const other of condition.allExcept) total -= countOf(store, other) ?? Number.NaN;
  return Number.isNaN(total) ? undefined : total;
}

function lookAtAll(
  store: Store,
  conditions: readonly Condition[],
  condition: Condition | undefined,
): Matches {
  const { sql, parameters } = selectFrom(condition, conditions);
  const total = countRows(store, `SELECT count(*) AS rows ${sql}`, parameters);
  return { total, isExact: true, narrowest: total <= fewCandidates ? (condition ?? null) : null };
}

function narrowest(
  store: Store,
  conditions: readonly Condition[],
): { condition: Condition | undefined; size: number } {
  let best: { condition: Condition | undefined; size: number } = { condition: undefined, size: Infinity };
  for (const condition of conditions) {
    if (condition.candidates === undefined) continue;
    const { sql, parameters } = condition.candidates;
    const bounded = `SELECT count(*) AS rows FROM (${sql} LIMIT ${fewCandidates + 1})`;
    const size = countRows(store, bounded, parameters);
    if (size < best.size) best = { condition, size };
  }
  return best;
}

/** The share of users who pass, seen from users at even distances. */
function sampleShare(store: Store, conditions: readonly Condition[]): number {
  const range = store
    .prepare<{ first: number | null; last: number | null }>(
      'SELECT min(id) AS first, max(id) AS last FROM users',
    )
    .get();
  if (range === undefined || range.first === null || range.last === null) return 0;
  const tests = conditions.map(({ test }) => `(${test.sql})`).join(' AND ');
  const passes = store.prepare<{ passes: number | null }>(
    `SELECT ${tests} AS passes FROM users WHERE id >= ? ORDER BY id LIMIT 1`,
  );
  const parameters = conditions.flatMap(({ test }) => test.parameters);
  const step = (range.last - range.first) / sampleSize;
  let hits = 0;
  for (let index = 0; index < sampleSize; index += 1) {
    const at = Math.floor(range.first + step * (index + 0.5));
    if (passes.get(...parameters, at)?.passes === 1) hits += 1;
  }
  return hits / sampleSize;
}

function countRows(store: Store, sql: string, parameters: Sql['parameters']): number {
  return store.prepare<{ rows: number }>(sql).get(...parameters)?.rows ?? 0;
}
