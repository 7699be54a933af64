import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { Installation } from './installation.ts';

/**
 * Proves that a database is whole: SQLite's own check, no row that refers to nothing, nobody twice, a search
 * index that fits its users, and an audit log that verifies.
 * @returns how many users it has
 */
export async function soundUserCount(mfa: Installation): Promise<number> {
  // First, so that the program itself, and not this test, recovers what a killed process left.
  expect(await mfa.json('audit', 'verify')).toMatchObject({ ok: true, problems: [] });
  const database = new Database(mfa.database, { fileMustExist: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.pragma('foreign_key_check')).toEqual([]);
    // Throws when the index and the table disagree.
    database.exec(`INSERT INTO users_search (users_search, rank) VALUES ('integrity-check', 1)`);
    const counts = database
      .prepare<[], UserCounts>(
        `SELECT count(*) AS users, count(*) - count(DISTINCT username_key) AS sameName,
           count(directory_id) - count(DISTINCT directory_id) AS sameId FROM users`,
      )
      .get();
    expect(counts).toMatchObject({ sameName: 0, sameId: 0 });
    return counts?.users ?? 0;
  } finally {
    database.close();
  }
}

interface UserCounts {
  users: number;
  sameName: number;
  sameId: number;
}

/** Waits until the first import of an installation has begun and committed this many users. */
export function waitForUsers(mfa: Installation, least: number): Promise<void> {
  return waitForStored(mfa, ['SELECT count(*) FROM runs', 1], ['SELECT count(*) FROM users', least]);
}

/** Waits until queries of one number each give at least so much. */
export async function waitForStored(
  mfa: Installation,
  ...wanted: readonly (readonly [query: string, least: number])[]
): Promise<void> {
  const database = new Database(mfa.database, { readonly: true, fileMustExist: true });
  const statements = wanted.map(([query, least]) => ({ least, query: database.prepare(query).pluck() }));
  const isThere = () => statements.every(({ query, least }) => Number(query.get()) >= least);
  try {
    await expect.poll(isThere, { interval: 2, timeout: 30_000 }).toBe(true);
  } finally {
    // Before the caller kills the run: a second connection would spare the next one the recovery.
    database.close();
  }
}
