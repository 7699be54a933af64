import type { Core } from '../../../core/core.ts';
import { countOf } from '../../../core/count-text.ts';
import { runStateNames, type SyncRun } from '../../../core/runs/run.ts';
import { outcomeText } from '../../../core/runs/run-texts.ts';
import { failingText } from '../../../core/status/sync-text.ts';
import { type HeldCounts, takeawayText } from '../../../core/sync/held-list.ts';
import type { SyncSchedule } from '../../../core/sync/schedule/sync-schedule.ts';
import type { SyncSettings } from '../../../core/sync/sync-settings.ts';
import type { SyncHealth } from '../../../core/sync/synchronization.ts';
import { stateToken } from '../../runs/run-text.ts';
import { momentText } from '../../text/moment-text.ts';
import type { Token } from '../../theme/style.ts';
import type { Span } from '../../widgets/line/spans.ts';
import { type ItemRow, readItems } from './items.ts';

/** Everything that the tab shows, as it was read last. */
export interface SyncOverview {
  readonly settings: SyncSettings;
  readonly schedule: SyncSchedule;
  readonly health: SyncHealth;
  /** The newest run that waits for approval, and what it still holds; null when none waits. */
  readonly waiting: { readonly id: number; readonly held: HeldCounts } | null;
  readonly items: readonly ItemRow[];
}

/** @param listed items that stay as they were read; left out, they are read, too */
export function readOverview(core: Core, listed?: SyncOverview['items']): SyncOverview {
  const { synchronization } = core;
  const schedule = synchronization.schedule();
  const health = synchronization.health();
  const { held } = health;
  const [waiting] = health.awaitingApproval;
  return {
    settings: synchronization.settings(),
    schedule,
    health,
    waiting: waiting === undefined ? null : { id: waiting.id, held },
    items: listed ?? readItems(core, schedule.lastDone?.id ?? null),
  };
}

/** "Enabled: yes  Every: 15 minutes  Next: 10:45  Last: 10:30 ok, 3 updated" */
export function headSpans({ settings, schedule }: SyncOverview, now: Date): readonly Span[] {
  const { nextAt, newest, isLate } = schedule;
  const next = nextAt === null ? '-' : momentText(nextAt, now);
  const fact = (label: string, text: string, token?: Token): readonly Span[] => [
    { text: ` ${label}: `, token: 'dim' },
    { text: `${text} `, token },
  ];
  return [
    ...fact('Enabled', settings.enabled ? 'yes' : 'no', settings.enabled ? undefined : 'warning'),
    ...fact('Every', intervalText(settings.intervalMinutes)),
    ...fact('Next', isLate ? `${next}, late` : next, isLate ? 'warning' : undefined),
    ...(newest === null ? fact('Last', 'none yet') : fact('Last', lastText(newest, now), stateToken(newest))),
  ];
}

function intervalText(minutes: number): string {
  return minutes % 60 === 0 ? countOf(minutes / 60, 'hour') : countOf(minutes, 'minute');
}

function lastText(run: SyncRun, now: Date): string {
  const ending = run.state === 'completed' ? 'ok' : runStateNames[run.state];
  const told = run.state === 'failed' || run.state === 'running' ? '' : `, ${outcomeText(run)}`;
  return `${momentText(run.startedAt, now)} ${ending}${told}`;
}

/** What an administrator should act on, a sentence each. */
export function noticesOf(
  { settings, schedule, health, waiting, items }: SyncOverview,
  now: Date,
): readonly string[] {
  const notices: string[] = [];
  if (waiting !== null) {
    notices.push(waitingText(waiting.id, waiting.held, settings.approvalCount));
  }
  const failing = failingText(schedule, (at) => momentText(at, now));
  if (failing !== null) notices.push(`It ${failing}`);
  if (health.isDue) notices.push('A full run is due, because items or the directory were changed.');
  if (settings.enabled && items.length > 0 && schedule.service === null) {
    notices.push('No service runs, so nothing is synchronized by itself: "mfa-console serve".');
  }
  return notices;
}

/**
 * "Run 118 waits for approval: it would disable 46 users (limit 5). Enter to look". The limit is told where it is the
 * reason: leavers of an item that was changed are held however few they are.
 */
export function waitingText(id: number, held: HeldCounts, limit: number): string {
  const isOver = held.disabled > limit || held.removed > limit;
  return `Run ${id} waits for approval: it would ${takeawayText(held)}${isOver ? ` (limit ${limit})` : ''}. Enter to look`;
}
