import { hostname } from 'node:os';
import { timestamp } from '../../clock.ts';
import type { NoticeQueue } from '../../email/outbox/notice-queue.ts';
import type { SyncRun } from '../../runs/run.ts';
import type { SyncServices } from '../sync-context.ts';
import { holdsMoreThan, readHeldUsers } from './held-users.ts';
import { isDayAgo, syncNoticesDocument } from './sync-notices.ts';

/**
 * Tells the administrators that a run waits for approval, in the transaction that ends it; once a day while later runs
 * hold nothing else.
 */
export function mailHeld(
  services: Pick<SyncServices, 'store' | 'clock' | 'actor' | 'companySettings' | 'syncSettings'>,
  notices: NoticeQueue,
  { id, counts }: SyncRun,
): void {
  const { store, clock, actor, companySettings } = services;
  const { approvalCount, approvalPercent } = services.syncSettings.load();
  const document = syncNoticesDocument(store, clock, actor);
  const told = document.load();
  const isKnown = told.approval !== null && !holdsMoreThan(store, id, told.approval.runId);
  if (isKnown && told.approval !== null && !isDayAgo(told.approval.mailedAt, clock())) return;
  const { toDisable, toRemove, reasons, names } = readHeldUsers(store, id);
  const more = toDisable + toRemove - names.length;
  notices.add('syncAwaitingApproval', {
    server: hostname(),
    run: String(id),
    to_disable: String(toDisable),
    to_remove: String(toRemove),
    approval_count: String(approvalCount),
    approval_percent: String(approvalPercent),
    reasons: reasons.join('; '),
    users: names.join(', '),
    more_users: more > 0 ? String(more) : '',
    added: String(counts.added),
    updated: String(counts.updated),
    disabled: String(counts.disabled),
    removed: String(counts.removed),
    company_name: companySettings.load().companyName,
  });
  document.save({ ...told, approval: { runId: id, mailedAt: timestamp(clock()) } });
}
