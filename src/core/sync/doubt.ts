import { normalizeDn } from '../directory/ldap/distinguished-name.ts';
import type { Decision } from './leavers.ts';

/** What makes it doubtful that somebody has left whom an item did not find. */
export interface Doubts {
  /** Items that are not what they were when everybody of them was synchronized. */
  readonly isOtherScope: (item: Decision['item']) => boolean;
  /** Another directory is read than by the last run of everybody, or one that is called otherwise. */
  readonly isOtherDirectory: boolean;
  /** Another controller was read than by the run before, or an older copy of its database. */
  readonly isOtherController: boolean;
  /** Ids of users who were in a container that is not to be seen, and are to be seen nowhere else. */
  readonly unseen: ReadonlySet<number>;
  /** Normalized DNs of entries that may be somebody and cannot be read. */
  readonly hidden: ReadonlySet<string>;
  /** ISO 8601 */
  readonly now: string;
}

/** Within so many hours what one controller has told may not have come to another one yet. */
const replicationHours = 72;
const hourMs = 3_600_000;

/** Why a leaver is not taken away without approval, however few there are; null for no reason. */
export function doubtOf({ row, item, cause }: Omit<Decision, 'change'>, doubts: Doubts): string | null {
  if (cause !== 'left') {
    return doubts.isOtherDirectory ? 'another directory is read than before, and may be a copy of it' : null;
  }
  const { hidden, unseen } = doubts;
  if (hidden.size > 0) {
    return hidden.has(normalizeDn(row.directory_dn ?? ''))
      ? 'the entry of this user cannot be read'
      : 'there are entries that cannot be read, and one of them may be this user';
  }
  if (unseen.has(row.id)) {
    return 'the container of this user is not to be seen any more, and may only be hidden';
  }
  if (doubts.isOtherController && isRecent(row.last_synchronized_at, doubts.now)) {
    return 'another server was read than before, which may not know yet of what made this user one of the item';
  }
  return doubts.isOtherScope(item)
    ? 'the item, a filter or the directory was changed since everybody of it was synchronized'
    : null;
}

/** A moment that lies in the future is recent, too: the clock says nothing then. */
function isRecent(moment: string | null, now: string): boolean {
  return moment !== null && Date.parse(now) - Date.parse(moment) < replicationHours * hourMs;
}
