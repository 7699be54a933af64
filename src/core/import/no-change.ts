import type { DirectoryUser } from '../directory/directory.ts';
import { line } from './change-lines.ts';
import type { Membership } from './membership.ts';
import type { PlannedChange } from './planned-change.ts';

/** Nobody has to look at it again. */
export function unchanged(person: DirectoryUser, username: string): PlannedChange {
  return { action: 'none', userId: null, columns: null, log: line('unchanged', person, username) };
}

/** Whoever is left alone belongs to the item all the same. */
export function remember(userId: number, membership: Membership | null) {
  return membership === null ? {} : { userId, columns: membership.columns };
}

/** Whoever is left out stays as they are, for a reason. */
export function nothing(
  change: 'skipped' | 'conflict',
  person: DirectoryUser,
  username: string,
  reason: string,
): Extract<PlannedChange, { action: 'none' }> {
  return { action: 'none', userId: null, columns: null, log: line(change, person, username, [reason]) };
}
