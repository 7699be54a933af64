import { type MailState, mailStateNames, type OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { mailKindNames } from '../../../core/email/templates/template-key.ts';
import { momentText } from '../../text/moment-text.ts';
import type { Token } from '../../theme/style.ts';
import type { TableColumn } from '../../widgets/table/columns.ts';

/** The columns of the outbox, which has no order but that of queueing. */
export function mailColumns(now: () => Date): readonly TableColumn<OutboxMail>[] {
  const moment = (iso: string | null) => (iso === null ? '-' : momentText(iso, now()));
  return [
    {
      id: 'state',
      title: 'State',
      minWidth: 9,
      value: ({ state }) => mailStateNames[state],
      token: ({ state }) => stateToken(state),
    },
    { id: 'to', title: 'To', minWidth: 18, flex: 2, value: ({ recipient }) => recipient ?? '(no address)' },
    { id: 'user', title: 'User', minWidth: 12, flex: 2, priority: 4, value: ({ username }) => username },
    { id: 'kind', title: 'Kind', minWidth: 15, priority: 2, value: ({ kind }) => mailKindNames[kind] },
    { id: 'queued', title: 'Queued', minWidth: 16, priority: 1, value: ({ queuedAt }) => moment(queuedAt) },
    {
      id: 'next',
      title: 'Next attempt',
      minWidth: 16,
      priority: 3,
      value: ({ nextAttemptAt }) => moment(nextAttemptAt),
    },
    { id: 'why', title: 'Why', minWidth: 16, flex: 4, value: ({ why }) => oneLine(why ?? '-') },
  ];
}

/** What needs somebody stands out. */
export function stateToken(state: MailState): Token | undefined {
  if (state === 'failed' || state === 'inDoubt') return 'error';
  if (state === 'notSent') return 'warning';
  return state === 'cancelled' ? 'disabled' : undefined;
}

/** The words of a server may have several lines. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
