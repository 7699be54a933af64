import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AuditLog } from './audit-log.ts';
import { writeAuditStart } from './audit-start.ts';
import { formatChainPoint } from './chain-point.ts';
import { verifyAuditInParts } from './verify-audit.ts';

export interface TrimContext {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly actor: string;
}

export interface TrimOptions {
  /** Events before it are removed. */
  readonly before: Date;
  /** Count, and change nothing. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal;
}

/** What was removed, or would be. */
export interface Trimmed {
  readonly events: number;
  /** `sequence:hash` of the last one; null when there was none. */
  readonly head: string | null;
}

/**
 * Removes events that are older than they have to be kept. The log then begins behind a signed note of the last one,
 * and verifies as before; the newest event always stays. Nothing is removed from a log that does not verify, because
 * that would take the evidence away.
 * @throws {MfaError} `audit.broken`, `run.cancelled`
 */
export async function trimAudit(context: TrimContext, options: TrimOptions): Promise<Trimmed> {
  const { store, audit, clock, actor } = context;
  if (lastToRemove(store, options.before) === undefined) return { events: 0, head: null };
  const { ok } = await verifyAuditInParts(store, audit.key, options.signal && { signal: options.signal });
  if (!ok) {
    throw new MfaError('audit.broken', 'The audit log does not verify, so nothing was removed from it.', {
      advice: 'See what "mfa-console audit verify" finds, and keep a copy of the log.',
    });
  }
  return store.transaction(() => {
    const last = lastToRemove(store, options.before);
    if (last === undefined) return { events: 0, head: null };
    const events =
      store
        .prepare<{ count: number }>('SELECT count(*) AS count FROM audit_events WHERE sequence <= ?')
        .get(last.sequence)?.count ?? 0;
    const head = formatChainPoint(last);
    if (options.dryRun) return { events, head };
    store.prepare('DELETE FROM audit_events WHERE sequence <= ?').run(last.sequence);
    writeAuditStart(store, audit.key, last, { at: timestamp(clock()), actor });
    audit.append({ action: 'audit.trimmed', details: { events, before: timestamp(options.before), head } });
    return { events, head };
  });
}

/** The event before the first one that is kept: times may go back when a clock is set. */
function lastToRemove(store: Store, before: Date): { sequence: number; hash: Buffer } | undefined {
  return store
    .prepare<{ sequence: number; hash: Buffer }>(
      `SELECT sequence, hash FROM audit_events
       WHERE sequence < coalesce(
         (SELECT sequence FROM audit_events WHERE at >= ? ORDER BY sequence LIMIT 1),
         (SELECT max(sequence) FROM audit_events))
       ORDER BY sequence DESC LIMIT 1`,
    )
    .get(timestamp(before));
}
