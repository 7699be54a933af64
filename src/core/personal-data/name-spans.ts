import type { Store } from '../store/store.ts';

/** Events in which a username means one person: behind `after`, up to `last`, both sequences of the audit log. */
export interface NameSpan {
  readonly name: string;
  readonly after: number;
  readonly last: number;
}

interface Rename {
  readonly sequence: number;
  readonly before: string;
  readonly now: string;
  /** Known where a run renamed a person of the directory. */
  readonly directoryId: string | null;
  readonly run: number | null;
}

/**
 * The usernames that a person has had, the present one first, each with the events in which it was theirs: names are
 * taken by others after a rename, and people of a directory may swap theirs in one run.
 */
export function nameSpans(store: Store, username: string, directoryId: string | null): readonly NameSpan[] {
  const renames = readRenames(store);
  const isOther = (one: Rename) =>
    directoryId !== null && one.directoryId !== null && one.directoryId !== directoryId;
  const spans: NameSpan[] = [];
  let name = username;
  let last = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const before = renames.filter(({ sequence }) => sequence < last);
    const came = before.findLast((one) => one.now === name && !isOther(one));
    const left = before.findLast((one) => one.before === name);
    const isSwap = came !== undefined && left !== undefined && left.run !== null && left.run === came.run;
    if (came === undefined || (left !== undefined && left.sequence > came.sequence && !isSwap)) {
      return [...spans, { name, after: left?.sequence ?? 0, last }];
    }
    // The event of the rename has one of the two names.
    spans.push({ name, after: came.sequence - 1, last });
    name = came.before;
    last = came.sequence;
  }
}

function readRenames(store: Store): Rename[] {
  const rows = store
    .prepare<{ sequence: number; names: string; directoryId: string | null; run: number | null }>(
      `SELECT sequence, details ->> '$.fields.username' AS names, details ->> '$.directoryId' AS directoryId,
         details ->> '$.run' AS run
       FROM audit_events
       WHERE action IN ('user.edited', 'user.updated') AND details LIKE '%"username":[%' AND json_valid(details)
       ORDER BY sequence`,
    )
    .all();
  return rows.flatMap(({ names, ...row }) => {
    const [before, now] = JSON.parse(names ?? '[]') as unknown[];
    return typeof before === 'string' && typeof now === 'string' ? [{ ...row, before, now }] : [];
  });
}
