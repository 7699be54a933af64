import { countOf, countText } from '../count-text.ts';
import type { SqlValue, Store } from '../store/store.ts';
import type { Takeaway } from './guard.ts';

/** A change that a run holds and that nobody has decided about, with what is known of the user. */
export interface HeldChange {
  /** In the run's log. */
  number: number;
  userId: number;
  /** As it is now. */
  username: string;
  directoryId: string;
  takeaway: Takeaway;
  /** Why it would be done, and why it waits. */
  reason: string;
  /** The name of the user's item; null when the item was removed. */
  item: string | null;
  /** When a run noticed it first. ISO 8601 UTC */
  noticedAt: string;
  /** When synchronization found the user as before for the last time; null when nobody knows. ISO 8601 UTC */
  lastSeenAt: string | null;
}

/** Which of the changes that a run holds. */
export interface HeldQuery {
  takeaway?: Takeaway | undefined;
  /** Part of the username, the item or the reason, without regard to the case of Latin letters. */
  text?: string | undefined;
  /** Only these directory ids. */
  among?: readonly string[] | undefined;
  offset?: number;
  limit?: number;
}

export type HeldCounts = Record<Takeaway, number>;

/** "disable 40 and remove 6 users" */
export function takeawayText({ disabled, removed }: HeldCounts): string {
  if (removed === 0) return `disable ${countOf(disabled, 'user')}`;
  if (disabled === 0) return `remove ${countOf(removed, 'user')}`;
  return `disable ${countText(disabled)} and remove ${countOf(removed, 'user')}`;
}

interface HeldRow extends Omit<HeldChange, 'lastSeenAt'> {
  lastSynchronizedAt: string | null;
}

/** In the order of the run's log. Only what is still held counts, however it was held. */
export function listHeld(store: Store, runId: number, query: HeldQuery): HeldChange[] {
  const { limit = -1, offset = 0 } = query;
  const { sql, parameters } = whichHeld(runId, query);
  const rows = store
    .prepare<HeldRow>(
      `SELECT line.number, users.id AS userId, users.username, users.directory_id AS directoryId,
         users.sync_held AS takeaway, line.reason,
         (SELECT name FROM sync_items WHERE id = users.sync_item_id) AS item,
         coalesce(users.sync_absent_since, (SELECT started_at FROM runs WHERE id = line.run_id)) AS noticedAt,
         users.last_synchronized_at AS lastSynchronizedAt
       ${sql} ORDER BY line.number LIMIT ? OFFSET ?`,
    )
    .all(...parameters, limit, offset);
  const foundBefore = runsOfEverybody(store);
  return rows.map(({ lastSynchronizedAt, ...row }) => {
    const moments = [lastSynchronizedAt, foundBefore(row.noticedAt)].filter((moment) => moment !== null);
    return { ...row, lastSeenAt: moments.toSorted().at(-1) ?? null };
  });
}

export function countHeld(store: Store, runId: number, query: HeldQuery): HeldCounts {
  const { sql, parameters } = whichHeld(runId, query);
  const counts = store
    .prepare<HeldCounts>(
      `SELECT coalesce(sum(users.sync_held = 'disabled'), 0) AS disabled,
         coalesce(sum(users.sync_held = 'removed'), 0) AS removed ${sql}`,
    )
    .get(...parameters);
  return counts ?? { disabled: 0, removed: 0 };
}

/**
 * A user of whom meanwhile something else is held belongs to the run that holds it. What a line holds is told by how
 * its fields begin (see `takeawayOf`): parsing all of them would take ten times as long. Without being told, SQLite reads
 * the other lines of the run, too.
 */
function whichHeld(runId: number, { takeaway, text = '', among }: HeldQuery) {
  const parameters: SqlValue[] = [runId];
  let sql = `FROM run_changes AS line INDEXED BY run_changes_held
    JOIN users INDEXED BY users_held ON users.directory_id = line.directory_id
    WHERE line.run_id = ? AND line.change = 'held' AND users.sync_held IS NOT NULL
      AND users.sync_held = iif(substr(line.fields, 1, 10) = '{"enabled"', 'disabled', 'removed')`;
  if (takeaway !== undefined) {
    sql += ' AND users.sync_held = ?';
    parameters.push(takeaway);
  }
  if (text !== '') {
    sql += ` AND (users.username LIKE ? ESCAPE '\\' OR line.reason LIKE ? ESCAPE '\\'
      OR users.sync_item_id IN (SELECT id FROM sync_items WHERE name LIKE ? ESCAPE '\\'))`;
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    parameters.push(pattern, pattern, pattern);
  }
  if (among !== undefined) {
    sql += ' AND users.directory_id IN (SELECT value FROM json_each(?))';
    parameters.push(JSON.stringify(among));
  }
  return { sql, parameters };
}

/**
 * When the last run of everybody began that had come to its end before a moment. Whoever was noticed at that moment
 * was still found by it, because it would have noticed the same otherwise.
 */
function runsOfEverybody(store: Store): (moment: string) => string | null {
  const known = new Map<string, string | null>();
  const statement = store.prepare<{ startedAt: string }>(
    `SELECT started_at AS startedAt FROM runs
     WHERE purpose = 'synchronization' AND dry_run = 0 AND finished_at < ?
       AND state IN ('completed', 'awaitingApproval', 'approved', 'rejected', 'superseded')
       AND request ->> '$.user' IS NULL AND request ->> '$.approves' IS NULL
     ORDER BY id DESC LIMIT 1`,
  );
  return (moment) => {
    const before = known.get(moment);
    if (before !== undefined) return before;
    const found = statement.get(moment)?.startedAt ?? null;
    known.set(moment, found);
    return found;
  };
}
