import { countText } from '../../../core/count-text.ts';
import type { Outbox } from '../../../core/email/outbox/outbox.ts';
import type { MailState } from '../../../core/email/outbox/outbox-mail.ts';
import { momentText } from '../../text/moment-text.ts';
import type { Span } from '../../widgets/line/spans.ts';
import { oneLine } from './columns.ts';

const counted = {
  queued: 'waiting',
  sending: 'being sent',
  failed: 'failed',
  inDoubt: 'in doubt',
  notSent: 'not sent',
} as const satisfies Partial<Record<MailState, string>>;

const countedStates = Object.keys(counted) as (keyof typeof counted)[];

/** How delivery goes, in a line: what keeps every mail here, else who sends and how many are where. */
export function deliverySpans(outbox: Outbox, sendsToUsers: boolean, now: Date): readonly Span[] {
  const counts = outbox.countByState(countedStates);
  const present = countedStates.filter((state) => counts[state] > 0);
  const countsText = present.map((state) => `${countText(counts[state])} ${counted[state]}`).join(', ');
  const { why, pausedUntil } = outbox.health();
  const waiting = counts.queued > 0 ? `${countText(counts.queued)} waiting. ` : '';
  if (!sendsToUsers)
    return [{ text: `${waiting}Sending emails to users is switched off.`, token: 'warning' }];
  if (why !== null) {
    const next = pausedUntil === null ? '' : ` (next attempt ${momentText(pausedUntil, now)})`;
    return [{ text: `${waiting}No mail can be handed over${next}: ${oneLine(why)}`, token: 'error' }];
  }
  const deliverer = outbox.deliverer();
  const by = deliverer === null ? '' : `  sent by ${deliverer.by}, process ${deliverer.pid}`;
  return [
    { text: countsText === '' ? 'Nothing waits.' : `${countsText}.`, token: 'dim' },
    { text: by, token: 'dim' },
  ];
}
