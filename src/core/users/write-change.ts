import type { AuditEntry } from '../audit/audit-log.ts';
import { timestamp } from '../clock.ts';
import { noteRevisit } from '../store/sync-revisits.ts';
import type { UserRow } from '../store/tables.ts';
import { updateUserRow } from '../store/user-rows.ts';
import type { User } from './user.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';

/** Old and new value by field, without secrets. */
export type FieldChanges = Record<string, [before: unknown, after: unknown]>;

/** What is to happen to one user. */
export interface Change {
  /** The audit event, such as `user.edited`. */
  action: string;
  columns: Partial<Omit<UserRow, 'id' | 'version'>>;
  fields: FieldChanges;
  reason?: string | null;
  /** Further facts for the audit event. */
  facts?: Record<string, unknown>;
}

/** What happened to one user, or would happen in a dry run. */
export interface ChangeResult {
  /** The user after the change; as it was, when it was removed. */
  user: User;
  /** False when everything was already so; nothing is written then. */
  changed: boolean;
  fields: FieldChanges;
}

export interface ChangeOptions {
  /** Find out everything, write nothing. */
  dryRun?: boolean | undefined;
  /** Called in the transaction of a change with the user as they are then: for what belongs to it or is not at all. */
  onWritten?: ((user: User, pin?: string) => void) | undefined;
}

/**
 * Writes a change and its audit event. Runs inside the write transaction that read the row.
 */
export function writeChange(
  context: UsersContext,
  row: UserRow,
  change: Change | null,
  options: ChangeOptions,
): ChangeResult {
  if (change === null) return { user: userFromRow(row), changed: false, fields: {} };
  const columns = {
    ...change.columns,
    version: row.version + 1,
    updated_at: timestamp(context.clock()),
    updated_by: context.actor,
  };
  const user = userFromRow({ ...row, ...columns });
  if (!options.dryRun) {
    const { store } = context;
    updateUserRow(store, row.id, columns);
    if (columns.fingerprint === null) noteRevisit(store, row);
    // Under the new name after a rename, so that the trail of a name leads to the one before it.
    context.audit.append(auditEntry(columns.username ?? row.username, change));
    options.onWritten?.(user);
  }
  return { user, changed: true, fields: change.fields };
}

export function auditEntry(username: string, change: Omit<Change, 'columns'>): AuditEntry {
  return {
    action: change.action,
    target: username,
    reason: change.reason ?? null,
    details: { fields: change.fields, ...change.facts },
  };
}

/** The fields that differ. Lists count as equal when they have the same words. */
export function differences<Fields extends object>(
  before: Fields,
  after: Fields,
  names: readonly (keyof Fields & string)[],
): FieldChanges {
  const changes: FieldChanges = {};
  for (const name of names) {
    const [old, now] = [before[name], after[name]];
    if (old !== now && JSON.stringify(old) !== JSON.stringify(now)) changes[name] = [old, now];
  }
  return changes;
}
