import type { AuditLog } from '../audit/audit-log.ts';
import { type Clock, timestamp } from '../clock.ts';
import { isMfaError, messageOf } from '../errors.ts';
import { type RunChange, writtenKinds } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import { deleteUserRow, type InsertedUsers, insertUserRows, updateUserRow } from '../store/user-rows.ts';
import { usernameKey } from '../users/user.ts';
import { columnsOf } from '../users/user-row.ts';
import type { PlannedChange } from './planned-change.ts';

export interface ApplyContext {
  store: Store;
  audit: AuditLog;
  clock: Clock;
  actor: string;
  runId: number;
  /** Takes who was added, to be made findable before the transaction ends. */
  inserted: InsertedUsers;
}

/**
 * Writes one batch of planned changes with their audit events; to be called inside the transaction that
 * planned them. A person who cannot be written becomes a `failed` line, and the others are kept.
 * @returns the log lines as they came true
 */
export function applyChanges(changes: readonly PlannedChange[], context: ApplyContext): RunChange[] {
  const { store, actor } = context;
  const now = timestamp(context.clock());
  const vacated = vacateUsernames(changes, store);
  const lines = changes.map(({ log }) => log);
  const fail = (place: number, error: unknown) => {
    const log = lines[place] ?? null;
    if (isMfaError(error) || log === null) throw error;
    const reason = `it could not be written: ${messageOf(error)}`;
    lines[place] = { ...log, change: 'failed', reason, fields: {} };
  };
  // Updates first: they give usernames up that new users take.
  const added: { place: number; row: ReturnType<typeof addedRow> }[] = [];
  changes.forEach((change, place) => {
    try {
      if (change.action === 'add') added.push({ place, row: addedRow(change, now, actor) });
      else if (change.action === 'update')
        updateUserRow(store, change.user.id, updatedRow(change, now, actor));
      else if (change.action === 'change') {
        const touched = { version: change.version + 1, updated_at: now, updated_by: actor };
        updateUserRow(store, change.userId, { ...change.columns, ...touched });
      } else if (change.action === 'remove') deleteUserRow(store, change.userId);
      else if (change.userId !== null && Object.keys(change.columns ?? {}).length > 0) {
        updateUserRow(store, change.userId, change.columns ?? {});
      }
    } catch (error) {
      // Throws when somebody has the username by now: then the whole batch is undone.
      const key = change.action === 'update' ? vacated.get(change.user.id) : undefined;
      if (change.action === 'update' && key !== undefined) {
        updateUserRow(store, change.user.id, { username_key: key });
      }
      fail(place, error);
    }
  });
  insertUserRows(
    store,
    added.map(({ row }) => row),
    context.inserted,
    (index, error) => fail(added[index]?.place ?? 0, error),
  );
  const told = lines.filter((line) => line !== null);
  auditWritten(told, context);
  return told;
}

/**
 * Takes usernames from those who give them up to others of the batch: one statement writes one user, and the
 * index would refuse the first of two who swap. No key has capital letters.
 * @returns the keys that were taken away, by user id
 */
function vacateUsernames(changes: readonly PlannedChange[], store: Store): ReadonlyMap<number, string> {
  const renames = changes.flatMap((change) => {
    if (change.action !== 'update' || change.user.username === change.fields.username) return [];
    const from = usernameKey(change.user.username);
    const to = usernameKey(change.fields.username);
    return from === to ? [] : [{ id: change.user.id, from, to }];
  });
  const wanted = new Set(renames.map(({ to }) => to));
  const vacated = new Map<number, string>();
  for (const { id, from } of renames) {
    if (!wanted.has(from)) continue;
    updateUserRow(store, id, { username_key: `MOVING ${id}` });
    vacated.set(id, from);
  }
  return vacated;
}

function addedRow(change: Extract<PlannedChange, { action: 'add' }>, now: string, actor: string) {
  const columns = { version: 1, created_at: now, created_by: actor, ...change.columns };
  return Object.assign(columnsOf(change.fields), directoryColumns(change, now, actor), columns);
}

function updatedRow(change: Extract<PlannedChange, { action: 'update' }>, now: string, actor: string) {
  const { user } = change;
  return {
    ...columnsOf(change.fields),
    ...directoryColumns(change, now, actor),
    version: user.version + 1,
    ...change.columns,
  };
}

function directoryColumns(
  change: Extract<PlannedChange, { action: 'add' | 'update' }>,
  now: string,
  actor: string,
) {
  return {
    directory_id: change.person.directoryId,
    directory_dn: change.person.dn,
    fingerprint: change.fingerprint,
    last_synchronized_at: now,
    updated_at: now,
    updated_by: actor,
  };
}

function auditWritten(lines: readonly RunChange[], { audit, runId }: ApplyContext): void {
  const written = lines.filter((line) => writtenKinds.has(line.change));
  let sequence = audit.appendAll(
    written.map((line) => ({
      action: `user.${line.change}`,
      target: line.username,
      reason: line.reason,
      details: { run: runId, directoryId: line.directoryId, fields: line.fields },
    })),
  );
  for (const line of written) {
    sequence += 1;
    line.auditSequence = sequence;
  }
}
