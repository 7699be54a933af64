import type { AuditLog } from '../audit/audit-log.ts';
import { type Clock, timestamp } from '../clock.ts';
import { isMfaError, messageOf } from '../errors.ts';
import type { LoggedChange } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../store/tables.ts';
import { insertUserRow, updateUserRow } from '../store/user-rows.ts';
import { columnsOf } from '../users/user-row.ts';
import type { PlannedChange } from './plan.ts';

export interface ApplyContext {
  store: Store;
  audit: AuditLog;
  clock: Clock;
  actor: string;
  runId: number;
}

/**
 * Writes one batch of planned changes with their audit events; to be called inside the transaction that
 * planned them. A person who cannot be written becomes a `failed` line, and the others are kept.
 * @returns the log lines as they came true
 */
export function applyChanges(changes: readonly PlannedChange[], context: ApplyContext): LoggedChange[] {
  const now = timestamp(context.clock());
  const lines: LoggedChange[] = changes.map((change) => {
    try {
      applyOne(change, now, context);
      return { ...change.log, auditSequence: null };
    } catch (error) {
      if (isMfaError(error)) throw error;
      const reason = `it could not be written: ${messageOf(error)}`;
      return { ...change.log, change: 'failed', reason, fields: {}, auditSequence: null };
    }
  });
  const written = lines.filter((line) => line.change === 'added' || line.change === 'updated');
  let sequence = context.audit.appendAll(
    written.map((line) => ({
      action: `user.${line.change}`,
      target: line.username,
      reason: line.reason,
      details: { run: context.runId, directoryId: line.directoryId, fields: line.fields },
    })),
  );
  for (const line of written) {
    sequence += 1;
    line.auditSequence = sequence;
  }
  return lines;
}

function applyOne(change: PlannedChange, now: string, { store, actor }: ApplyContext): void {
  if (change.action === 'add') {
    const row = {
      ...columnsOf(change.fields),
      version: 1,
      source: 'import',
      directory_id: change.person.directoryId,
      directory_dn: change.person.dn,
      fingerprint: change.fingerprint,
      last_synchronized_at: now,
      created_at: now,
      created_by: actor,
      updated_at: now,
      updated_by: actor,
    } satisfies Partial<UserRow>;
    insertUserRow(store, row);
  } else if (change.action === 'update') {
    const { user, person } = change;
    const row = {
      ...columnsOf(change.fields),
      version: user.version + 1,
      source: user.source === 'synchronization' ? 'synchronization' : 'import',
      directory_id: person.directoryId,
      directory_dn: person.dn,
      fingerprint: change.fingerprint,
      last_synchronized_at: now,
      updated_at: now,
      updated_by: actor,
    } satisfies Partial<UserRow>;
    updateUserRow(store, user.id, row);
  } else if (change.userId !== null && change.fingerprint !== null) {
    updateUserRow(store, change.userId, { fingerprint: change.fingerprint });
  }
}
