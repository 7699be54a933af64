import type { ChangeCursor, FullRunNeeded, WatchedGroup } from '../../../../../src/core/directory/changes.ts';
import type { ChangeOptions, Directory, DirectoryUser } from '../../../../../src/core/directory/directory.ts';

/** All that one reading of changes told, with what its ids lead to. */
export interface Told {
  readonly users: DirectoryUser[];
  readonly missing: string[];
  readonly deleted: string[];
  readonly groups: readonly WatchedGroup[];
  readonly deletedGroups: readonly string[];
  readonly next: ChangeCursor;
}

/** The time by which tests read. */
export const now = new Date('2026-11-24T12:00:00Z');

export function minutesLater(minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}

const defaults = { filters: [], groups: [], people: null, most: 2000, now };

/** Everything has to be read; a test that expects changes fails. */
export async function whyFull(
  directory: Directory,
  cursor: ChangeCursor | null,
  options: Partial<ChangeOptions> = {},
): Promise<FullRunNeeded> {
  const changes = await directory.changes(cursor, { ...defaults, ...options });
  if (!changes.isFullRunNeeded) throw new Error('changes were read instead');
  return changes;
}

/** A cursor as it is stored with a full run. */
export async function begin(
  directory: Directory,
  options: Partial<ChangeOptions> = {},
): Promise<ChangeCursor> {
  const { next, sentence } = await whyFull(directory, null, options);
  if (next === null) throw new Error(sentence);
  return JSON.parse(JSON.stringify(next)) as ChangeCursor;
}

export async function readChanges(
  directory: Directory,
  cursor: ChangeCursor,
  options: Partial<ChangeOptions> = {},
): Promise<Told> {
  const changes = await directory.changes(cursor, { ...defaults, ...options });
  if (changes.isFullRunNeeded) throw new Error(`${changes.because}: ${changes.sentence}`);
  const { changed, deleted, deletedGroups, groups, next } = changes;
  const users: DirectoryUser[] = [];
  const everybody = { scope: 'filter', filter: '(objectClass=*)' } as const;
  for await (const page of directory.users(everybody, { among: [...changed, ...deleted] })) {
    users.push(...page.users);
  }
  const known = new Set([...users, ...(options.groups ?? [])].map(({ directoryId }) => directoryId));
  return {
    users,
    missing: changed.filter((id) => !known.has(id)),
    deleted: deleted.filter((id) => !known.has(id)),
    groups,
    deletedGroups,
    next,
  };
}

export function accountsOf({ users }: Pick<Told, 'users'>): (string | null)[] {
  return users.map(({ accountName, username }) => accountName ?? username).sort();
}
