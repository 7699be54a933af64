import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AuditEventRow } from '../store/tables.ts';
import { hashBefore } from './audit-start.ts';
import { chainHash, erasureSeal } from './chain.ts';
import { erasedDetails, sealOfErased } from './erased-event.ts';

/**
 * Erases what events tell of a person: target, reason and details. Their number, time, actor, action, result and hash
 * stay, under a seal that needs the master key, so that the log verifies as before, against noted heads too. To be
 * called in a transaction.
 * @returns how many were erased; those that were already are not counted
 * @throws {MfaError} `audit.broken` for an event that is not as it was written, which a seal would hide
 */
export function eraseEvents(store: Store, key: Buffer, sequences: readonly number[]): number {
  const read = store.prepare<AuditEventRow>('SELECT * FROM audit_events WHERE sequence = ?');
  const write = store.prepare(
    'UPDATE audit_events SET target = NULL, reason = NULL, details = ? WHERE sequence = ?',
  );
  let erased = 0;
  for (const sequence of sequences) {
    const row = read.get(sequence);
    if (row === undefined || sealOfErased(row.details) !== null) continue;
    const previous = hashBefore(store, sequence);
    if (!chainHash(key, previous, row).equals(row.hash)) throw broken(sequence);
    const rest = { ...row, target: null, reason: null, details: null };
    write.run(erasedDetails(erasureSeal(key, previous, rest, row.hash)), sequence);
    erased += 1;
  }
  return erased;
}

function broken(sequence: number): MfaError {
  return new MfaError(
    'audit.broken',
    `Event ${sequence} of the audit log was changed after it was written.`,
    {
      advice: 'Find out what happened with "mfa-console audit verify" before anything is erased.',
    },
  );
}
