import type { Directory } from '../directory/directory.ts';
import type { Store } from '../store/store.ts';
import type { AbsenceClock } from './absence-clock.ts';
import { type Cause, decideLeaver, type LeaverRow } from './leavers.ts';
import type { PlacedItem } from './sync-directory.ts';
import { whoIsUnseen } from './unseen-leavers.ts';

/** Somebody whom their item did not find, before anything is decided. */
export interface Leaver {
  row: LeaverRow;
  cause: Cause;
}

export interface FoundLeavers {
  readonly leavers: readonly Leaver[];
  /** DNs of entries that are there, cannot be recognized, and so may be one of them. */
  readonly hiddenDns: readonly string[];
  /** The ids of users who were in a container that is not to be seen, and are to be seen nowhere else. */
  readonly unseen: ReadonlySet<number>;
}

export interface LeaverSearch {
  store: Store;
  directory: Pick<Directory, 'users' | 'deletedAmong' | 'requireVisible' | 'unidentifiedAmong' | 'findEntry'>;
  items: readonly PlacedItem[];
  isFound: (directoryId: string) => boolean;
  /** Only these directory ids; null for everybody. */
  among: readonly string[] | null;
  removesDeleted: boolean;
  absences: AbsenceClock;
  signal: AbortSignal | undefined;
}

/** Columns that decide about leavers. */
export const leaverColumns = `id, version, username, directory_id, directory_dn, sync_item_id, sync_absence,
  sync_absent_since, sync_held, last_synchronized_at, enabled`;

/** Users of the items whom no listing has found. */
export function usersNotFound({
  store,
  items,
  isFound,
  among,
}: Omit<LeaverSearch, 'directory'>): LeaverRow[] {
  const statement = store.prepare<LeaverRow>(
    among === null
      ? `SELECT ${leaverColumns} FROM users WHERE sync_item_id = ? AND directory_id IS NOT NULL`
      : // The plus keeps SQLite from walking through all users of the item.
        `SELECT ${leaverColumns} FROM users
         WHERE +sync_item_id = ? AND directory_id IN (SELECT value FROM json_each(?))`,
  );
  const ids = among === null ? [] : [JSON.stringify(among)];
  const missing: LeaverRow[] = [];
  for (const { item } of items) {
    for (const row of statement.iterate(item.id, ...ids)) {
      if (!isFound(row.directory_id ?? '')) missing.push(row);
    }
  }
  return missing;
}

/**
 * Who left, with a second look at each of them: one who moved from one place to another while the places were read
 * one after the other was in neither, and a container that hides its content hides who is in it.
 * @throws {MfaError} `directory.*` when the directory cannot tell
 */
export async function findLeavers(
  missing: readonly LeaverRow[],
  search: LeaverSearch,
): Promise<FoundLeavers> {
  const { directory, items, among, removesDeleted, absences, signal } = search;
  const options = signal === undefined ? {} : { signal };
  const itemOf = new Map(items.map(({ item }) => [item.id, item]));
  const deleted = removesDeleted ? await directory.deletedAmong(idsOf(missing), options) : new Set<string>();
  const concerned: Leaver[] = missing.flatMap((row) => {
    const item = itemOf.get(row.sync_item_id ?? 0);
    const cause: Cause = deleted.has(row.directory_id ?? '') ? 'deleted' : 'left';
    return item === undefined || decideLeaver(row, item, cause, absences) === null ? [] : [{ row, cause }];
  });
  const ids = idsOf(concerned.map(({ row }) => row));
  const found = new Set<string>();
  if (ids.length > 0) {
    for (const { selection } of items) {
      for await (const { users } of directory.users(selection, { ...options, among: ids })) {
        for (const { directoryId } of users) found.add(directoryId);
      }
    }
  }
  const leavers = concerned.filter(({ row }) => !found.has(row.directory_id ?? ''));
  const unseen = await whoIsUnseen(leavers, search);
  // A listing of everybody has told which entries cannot be recognized.
  const dns = leavers.map(({ row }) => row.directory_dn ?? '').filter((dn) => dn !== '');
  const hiddenDns =
    among === null
      ? []
      : [...(await directory.unidentifiedAmong(dns, options)), ...(await hiddenMembers(leavers, search))];
  return { leavers, hiddenDns, unseen };
}

/** Members that cannot be read of groups whose item has leavers who are to be seen nowhere. */
async function hiddenMembers(
  leavers: readonly Leaver[],
  { directory, items, signal }: LeaverSearch,
): Promise<string[]> {
  const options = signal === undefined ? {} : { signal };
  const hidden: string[] = [];
  for (const { item, selection } of items) {
    if (selection.scope !== 'group') continue;
    const ids = idsOf(leavers.flatMap(({ row }) => (row.sync_item_id === item.id ? [row] : [])));
    if (!(await isAnyoneMissing(ids))) continue;
    for await (const { unusable } of directory.users(selection, options)) {
      for (const { dn, isHidden } of unusable) if (isHidden) hidden.push(dn);
    }
  }
  return hidden;

  async function isAnyoneMissing(ids: readonly string[]): Promise<boolean> {
    for (const directoryId of ids) {
      if ((await directory.findEntry({ directoryId }, options)) === null) return true;
    }
    return false;
  }
}

function idsOf(rows: readonly LeaverRow[]): string[] {
  return rows.map((row) => row.directory_id ?? '');
}
