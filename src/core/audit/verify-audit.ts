import { setImmediate } from 'node:timers/promises';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AuditEventRow, AuditHeadRow } from '../store/tables.ts';
import { readAuditStart } from './audit-start.ts';
import type { ChainPoint } from './chain-point.ts';
import { type AuditVerification, ChainVerifier } from './chain-verifier.ts';

/**
 * Reads the whole log once, in one view of the data and in little memory, and finds events that were changed,
 * inserted, moved or removed, the last ones included. What it cannot see by itself is a whole database put
 * back from an older copy; that shows against a head that was noted elsewhere.
 * @param key the chain's key, of `AuditLog.key`
 * @param expected a head noted earlier; the log must still contain it
 */
export function verifyAudit(store: Store, key: Buffer, expected?: ChainPoint): AuditVerification {
  return store.snapshot(() => {
    const verifier = new ChainVerifier(key, readAuditStart(store), expected);
    const rows = store.prepare<AuditEventRow>('SELECT * FROM audit_events ORDER BY sequence').iterate();
    for (const row of rows) verifier.next(row);
    return verifier.end(headOf(store), hasHistory(store));
  });
}

/** Events that are verified between two looks at what else there is to do. */
const eventsPerPart = 1000;

export interface VerifyOptions {
  /** A head noted earlier; the log must still contain it. */
  readonly expected?: ChainPoint | undefined;
  readonly signal?: AbortSignal;
  /** Called after each part. */
  onProgress?(events: number, total: number): void;
}

/**
 * As {@link verifyAudit}, part by part, so that a console answers meanwhile. Events that are written meanwhile are
 * not looked at.
 * @throws {MfaError} `run.cancelled`
 */
export async function verifyAuditInParts(
  store: Store,
  key: Buffer,
  { expected, signal, onProgress }: VerifyOptions = {},
): Promise<AuditVerification> {
  const { head, start, last, history } = store.snapshot(() => {
    const row = store
      .prepare<{ last: number | null }>('SELECT max(sequence) AS last FROM audit_events')
      .get();
    return {
      head: headOf(store),
      start: readAuditStart(store),
      last: row?.last ?? 0,
      history: hasHistory(store),
    };
  });
  const verifier = new ChainVerifier(key, start, expected);
  const read = store.prepare<AuditEventRow>(
    'SELECT * FROM audit_events WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?',
  );
  let after = Number.MIN_SAFE_INTEGER;
  for (let isMore = true; isMore; ) {
    if (signal?.aborted) throw new MfaError('run.cancelled', 'The verification was stopped.');
    const rows = read.all(after, last, eventsPerPart);
    for (const row of rows) verifier.next(row);
    after = rows.at(-1)?.sequence ?? after;
    isMore = rows.length === eventsPerPart;
    onProgress?.(verifier.events, Math.max(last, verifier.events));
    await setImmediate();
  }
  return verifier.end(head, history);
}

function headOf(store: Store): AuditHeadRow | undefined {
  return store.prepare<AuditHeadRow>('SELECT * FROM audit_head WHERE id = 1').get();
}

/** Whether the database holds something that no program writes without an audit event. */
function hasHistory(store: Store): boolean {
  const row = store
    .prepare('SELECT 1 WHERE EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM runs WHERE dry_run = 0)')
    .get();
  return row !== undefined;
}
