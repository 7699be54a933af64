import type { Store } from '../store/store.ts';
import type { PersonalData } from './personal-data.ts';

type Person = Pick<PersonalData, 'user' | 'usernames'>;

/** Lines that hold what they say of a person themselves; the others refer to an audit event, and go with it. */
const ofPerson = `audit_sequence IS NULL
  AND (directory_id = ? OR username IN (SELECT value FROM json_each(?)))`;

/** What a preview or an import found of a person without changing anything. */
export interface RunLine {
  run: number;
  change: string;
  username: string | null;
  directoryId: string | null;
  reason: string | null;
  fields: Record<string, unknown>;
}

export function runLinesOf(store: Store, person: Person): RunLine[] {
  return store
    .prepare<Omit<RunLine, 'fields'> & { fields: string | null }>(
      `SELECT run_id AS run, change, username, directory_id AS directoryId, reason, fields
       FROM run_changes WHERE ${ofPerson} ORDER BY run_id, number`,
    )
    .all(...parametersOf(person))
    .map((line) => ({ ...line, fields: JSON.parse(line.fields ?? '{}') as RunLine['fields'] }));
}

export function countRunLines(store: Store, person: Person): number {
  const row = store
    .prepare<{ count: number }>(`SELECT count(*) AS count FROM run_changes WHERE ${ofPerson}`)
    .get(...parametersOf(person));
  return row?.count ?? 0;
}

/** Leaves the lines, so that the counts of a run stay true, and empties them. */
export function eraseRunLines(store: Store, person: Person): void {
  store
    .prepare(
      `UPDATE run_changes SET username = NULL, directory_id = NULL, reason = NULL, fields = NULL
       WHERE ${ofPerson}`,
    )
    .run(...parametersOf(person));
}

function parametersOf({ user, usernames }: Person): [string | null, string] {
  return [user?.directoryId ?? null, JSON.stringify(usernames)];
}
