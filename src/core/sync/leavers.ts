import type { FurtherColumns, PlannedChange } from '../import/planned-change.ts';
import type { RunChange } from '../runs/run.ts';
import type { UserRow } from '../store/tables.ts';
import type { AbsenceClock } from './absence-clock.ts';
import type { Takeaway } from './guard.ts';
import type { SyncItem } from './sync-item.ts';

/** Why somebody may have to be disabled or removed. */
export type Cause = 'left' | 'deleted' | 'accountDisabled';

/** What decides about a leaver. */
export type LeaverRow = Pick<
  UserRow,
  | 'id'
  | 'version'
  | 'username'
  | 'directory_id'
  | 'directory_dn'
  | 'sync_item_id'
  | 'sync_absence'
  | 'sync_absent_since'
  | 'sync_held'
  | 'last_synchronized_at'
  | 'enabled'
>;

/** What is to be done with somebody, as it is written and as it is told. */
export interface Decision {
  row: LeaverRow;
  item: SyncItem;
  cause: Cause;
  /** Null for what takes nothing away, and so needs no approval. */
  takeaway: Takeaway | null;
  change: PlannedChange & { log: RunChange };
}

/**
 * What becomes of a user whom their item does not find, or whose account the directory has disabled; null when that
 * was done already. An absence is acted on once: whoever was enabled by hand afterwards stays so.
 */
export function decideLeaver(
  row: LeaverRow,
  item: SyncItem,
  cause: Cause,
  absences: AbsenceClock,
): Decision | null {
  const { now } = absences;
  if (cause === 'accountDisabled') {
    if (row.enabled === 0) return null;
    return disable(row, item, cause, 'the account is disabled in the directory', now);
  }
  if (cause === 'deleted') return remove(row, item, cause, 'the directory says that it was deleted');
  const hasLeft = row.sync_absence === 'left';
  if (item.leavers === 'leave') return release(row, item);
  const why = notFoundBy(item.name);
  if (item.leavers === 'remove' && isTimeToRemove(row, item, absences)) return remove(row, item, cause, why);
  if (hasLeft) return null;
  if (row.enabled === 0) {
    const columns = { ...absent('left', now), sync_held: null };
    const log = logOf('unchanged', row, `${why}; it was disabled before`);
    return { row, item, cause, takeaway: null, change: { action: 'none', userId: row.id, columns, log } };
  }
  return disable(row, item, cause, why, now);
}

/** Why somebody is a leaver of an item, as their lines of the log begin. */
export function notFoundBy(item: string): string {
  return `the item "${item}" does not find this user any more`;
}

/** Those who are enabled in spite of having left are so because somebody wanted it. */
function isTimeToRemove(row: LeaverRow, { removeAfterDays }: SyncItem, absences: AbsenceClock): boolean {
  const hasLeft = row.sync_absence === 'left';
  if (hasLeft && row.enabled === 1) return false;
  if (removeAfterDays === null) return true;
  if (!hasLeft || row.sync_absent_since === null) return false;
  return absences.daysSince(row.sync_absent_since) >= removeAfterDays;
}

function disable(row: LeaverRow, item: SyncItem, cause: Cause, reason: string, now: string): Decision {
  const columns: FurtherColumns = {
    ...absent(cause, now),
    enabled: 0,
    sync_disabled_at: now,
    sync_held: null,
  };
  const log = logOf('disabled', row, reason, { enabled: [true, false] });
  return {
    row,
    item,
    cause,
    takeaway: 'disabled',
    change: { action: 'change', userId: row.id, version: row.version, columns, log },
  };
}

function remove(row: LeaverRow, item: SyncItem, cause: Cause, reason: string): Decision {
  const log = logOf('removed', row, reason, { username: [row.username, null] });
  return { row, item, cause, takeaway: 'removed', change: { action: 'remove', userId: row.id, log } };
}

/** Leavers of the item stay as they are, and belong to it no longer. */
function release(row: LeaverRow, item: SyncItem): Decision {
  const columns: FurtherColumns = {
    sync_item_id: null,
    sync_absence: null,
    sync_absent_since: null,
    sync_held: null,
    fingerprint: null,
  };
  const reason = 'no item finds this user any more; leavers of the item stay as they are';
  const log = logOf('updated', row, reason, { item: [item.name, null] });
  return {
    row,
    item,
    cause: 'left',
    takeaway: null,
    change: { action: 'change', userId: row.id, version: row.version, columns, log },
  };
}

function absent(absence: string, now: string): FurtherColumns {
  return { sync_absence: absence, sync_absent_since: now, fingerprint: null };
}

/** The log line of what waits for approval. @param now ISO 8601 */
export function heldChange({ row, takeaway, change }: Decision, reason: string, now: string): PlannedChange {
  const log: RunChange = {
    ...change.log,
    change: 'held',
    reason: `${change.log.reason}; ${reason}`,
  };
  // Whoever is held is looked at anew by every run; the first one to notice says since when.
  const columns = {
    sync_held: takeaway,
    sync_absent_since: row.sync_absent_since ?? now,
    fingerprint: null,
  };
  return { action: 'none', userId: row.id, columns, log };
}

/** What a held line of a log waits for. */
export function takeawayOf({ fields }: Pick<RunChange, 'fields'>): Takeaway {
  return fields.enabled === undefined ? 'removed' : 'disabled';
}

function logOf(
  change: RunChange['change'],
  row: LeaverRow,
  reason: string,
  fields: RunChange['fields'] = {},
): RunChange {
  return {
    change,
    username: row.username,
    directoryId: row.directory_id,
    reason,
    fields,
    auditSequence: null,
  };
}
