import type { RunChange } from '../runs/run.ts';
import type { LeaverRow } from './leavers.ts';

/**
 * The line of a run about one user whom no item finds, and of whom nothing is to be done.
 * @param asked as the administrator named them
 * @param row who they are here, when they belong to an item
 */
export function notFoundLine(asked: string, directoryId: string, row: LeaverRow | undefined): RunChange {
  const reason =
    row === undefined
      ? 'no item finds this person'
      : 'no item finds this user any more, and an earlier run has seen to that';
  const username = row?.username ?? asked;
  return { change: 'skipped', username, directoryId, reason, fields: {}, auditSequence: null };
}
