import { changeCounts } from '../core/runs/change-counts.ts';
import { type Run, type RunCounts, runJson } from '../core/runs/run.ts';
import type { ServiceEvent } from '../core/service.ts';

/** What happened, as scripts read it beside its name. */
export function serviceEventJson({ kind: _, ...more }: ServiceEvent): object {
  if (!('run' in more)) return more;
  return { ...more, run: more.run === null ? null : runJson(more.run) };
}

/** What happened, as one line for people. */
export function serviceEventText(event: ServiceEvent): string {
  switch (event.kind) {
    case 'started':
      return 'Mail is delivered by this process.';
    case 'stopped':
      return 'Mail is no longer delivered by this process.';
    case 'auditTrimmed':
      return `${event.events} audit events were removed, because they were kept for long enough.`;
    case 'auditNotTrimmed':
      return `No audit events were removed: ${event.why}`;
    case 'waiting':
    case 'syncStandby':
      return event.why;
    case 'held':
      return `Mails wait: ${event.why}`;
    case 'paused':
      return `Mails wait until ${event.until}: ${event.why}`;
    case 'deferred':
      return `${mailText(event)} waits until ${event.until}: ${event.why}`;
    case 'sent':
    case 'failed':
    case 'inDoubt':
    case 'cancelled':
      return `${mailText(event)} ${mailVerbs[event.kind]}: ${event.why}`;
    case 'syncIdle':
      return `Nothing is synchronized: ${event.why}`;
    case 'syncScheduled':
      return `The next synchronization is due at ${event.nextAt}.`;
    case 'syncWaiting':
      return `The synchronization waits: ${event.why}`;
    case 'syncStarted':
      return 'The synchronization begins.';
    case 'syncFinished':
      return `${runText(event.run)} is completed: ${countsText(event.run.counts)}.`;
    case 'syncAwaitingApproval':
      return `${runText(event.run)} waits for approval of what it holds: ${countsText(event.run.counts)}. See "mfa-console sync runs ${event.run.id}".`;
    case 'syncStopped':
      return `${runText(event.run)} was stopped; what it committed stays: ${countsText(event.run.counts)}.`;
    case 'syncFailed':
      return `${event.run === null ? 'The synchronization' : runText(event.run)} failed: ${event.why}`;
  }
}

const mailVerbs = {
  sent: 'was sent',
  failed: 'failed',
  inDoubt: 'is in doubt',
  cancelled: 'was cancelled',
} as const;

function mailText({ mail }: Extract<ServiceEvent, { mail: unknown }>): string {
  return `Mail ${mail.id} (${mail.kind}) for ${mail.username} to ${mail.to}`;
}

function runText({ id }: Pick<Run, 'id'>): string {
  return `Synchronization ${id}`;
}

/** What a run has read, and all else of which there is something. */
function countsText(counts: RunCounts): string {
  const { read, mails = 0, mailsNotSent = 0 } = counts;
  const mailTexts = [
    mails > 0 ? [`${mails} mails`] : [],
    mailsNotSent > 0 ? [`${mailsNotSent} mails not sent`] : [],
  ];
  return [`${read} read`, ...changeCounts(counts), ...mailTexts.flat()].join(', ');
}
