import type { DirectoryUser, UnusableEntry } from '../directory/directory.ts';
import type { FieldChange, RunChange } from '../runs/run.ts';
import type { User, UserFields } from '../users/user.ts';

/** The log line of an entry that cannot be a user. */
export function unusableLine(entry: UnusableEntry): RunChange {
  return {
    change: 'skipped',
    username: entry.dn,
    directoryId: null,
    reason: entry.reason,
    fields: {},
    auditSequence: null,
  };
}

/** The log line of a person. */
export function line(
  change: RunChange['change'],
  person: DirectoryUser,
  username: string,
  notes: readonly string[] = [],
  fields: RunChange['fields'] = {},
): RunChange {
  return {
    change,
    username,
    directoryId: person.directoryId,
    reason: notes.length === 0 ? null : notes.join('; '),
    fields,
    auditSequence: null,
  };
}

/** What a new user starts with: every field that has a value. */
export function setFields(fields: UserFields): Record<string, FieldChange> {
  const set: Record<string, FieldChange> = {};
  for (const name in fields) {
    const value = fields[name as keyof UserFields];
    const isEmpty = value === null || value === false || (Array.isArray(value) && value.length === 0);
    if (!isEmpty && name !== 'username') set[name] = [null, value];
  }
  return set;
}

/** What an update changes, before and after. */
export function changedFields(user: User, wanted: Partial<UserFields>): Record<string, FieldChange> {
  const changed: Record<string, FieldChange> = {};
  for (const [name, value] of Object.entries(wanted)) {
    const before = user[name as keyof UserFields];
    if (before !== value) changed[name] = [before, value];
  }
  return changed;
}
