import { trimAudit } from '../audit/trim-audit.ts';
import { timestamp } from '../clock.ts';
import type { Core } from '../core.ts';
import { isMfaError, messageOf } from '../errors.ts';
import { quietRunsKeptDays, removeQuietRuns } from '../runs/quiet-runs.ts';
import { systemWait } from '../wait.ts';

export type AuditTrimmingEvent =
  /** Audit events that were kept for long enough were removed. */
  | { readonly kind: 'auditTrimmed'; readonly events: number }
  | { readonly kind: 'auditNotTrimmed'; readonly why: string };

const dayMs = 86_400_000;

/** Removes audit events and quiet runs whose time is over, and looks once a day. A failure is told, and everything else goes on. */
export async function keepTrimmed(
  core: Core,
  {
    signal,
    onEvent,
  }: { readonly signal: AbortSignal; readonly onEvent: (event: AuditTrimmingEvent) => void },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const now = core.clock().getTime();
      removeQuietRuns(core.store, timestamp(new Date(now - quietRunsKeptDays * dayMs)));
      const { auditKeptDays } = core.companySettings.load();
      if (auditKeptDays !== null) {
        const before = new Date(now - auditKeptDays * dayMs);
        const { events } = await trimAudit(core, { before, signal });
        if (events > 0) onEvent({ kind: 'auditTrimmed', events });
      }
    } catch (error) {
      if (!isMfaError(error, 'run.cancelled')) onEvent({ kind: 'auditNotTrimmed', why: messageOf(error) });
    }
    await systemWait(dayMs, signal);
  }
}
