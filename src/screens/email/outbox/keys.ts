import { changeableStates, mailStateNames, type OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { type Command, defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

export type OutboxCommandId =
  | 'outbox.details'
  | 'outbox.retry'
  | 'outbox.resend'
  | 'outbox.cancel'
  | 'outbox.choose';

/** What decides which actions are possible. */
export interface OutboxCommandState {
  readonly isReadOnly: boolean;
  /** How many are marked. */
  readonly marked: number;
  /** Marks are on their way. */
  readonly isMarking: boolean;
  /** The mail under the cursor. */
  readonly current: OutboxMail | undefined;
}

const scope = 'Outbox';

/** Actions are for all marked mails, else for the one under the cursor. */
export const outboxCommands = defineCommands<OutboxCommandState, OutboxCommandId>([
  {
    id: 'outbox.details',
    title: 'All of a mail, with what the server said and its text',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: ({ current }) => current !== undefined || 'There is no mail here.',
  },
  action('outbox.retry', 'Try again', ['t'], 'Retry', whyNotChanged),
  action('outbox.resend', 'Send once more, as a new mail with the same text', ['R'], 'Resend', ({ state }) =>
    state === 'queued' || state === 'sending' ? 'The mail was not sent yet.' : null,
  ),
  action('outbox.cancel', 'Cancel, so that it is not sent', ['-', 'delete'], 'Cancel', whyNotChanged),
  { id: 'outbox.choose', title: 'Filter by state, kind and user', keys: ['f'], scope, hint: 'Choose filter' },
]);

function whyNotChanged({ state }: OutboxMail): string | null {
  return changeableStates.includes(state) ? null : `The mail is ${mailStateNames[state]}.`;
}

/** An action on the marked mails. @param whyNot why it makes no sense for a single one */
function action(
  id: OutboxCommandId,
  title: string,
  keys: string[],
  hint: string,
  whyNot: (mail: OutboxMail) => string | null,
): Command<OutboxCommandState, OutboxCommandId> {
  return {
    id,
    title,
    keys,
    scope,
    hint,
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      if (state.isMarking) return 'The mails are still being marked.';
      if (state.marked > 0) return true;
      if (state.current === undefined) return 'There is no mail here.';
      return whyNot(state.current) ?? true;
    },
  };
}

export type MailCommandId = 'mail.older' | 'mail.newer' | 'mail.view';

export const mailCommands = defineCommands<unknown, MailCommandId>([
  {
    id: 'mail.view',
    title: 'Plain text, HTML as text, HTML source',
    keys: ['v'],
    scope: 'Mail',
    hint: 'View',
  },
  { id: 'mail.older', title: 'The mail before it', keys: ['n', 'ctrl+n'], scope: 'Mail', hint: 'Older' },
  { id: 'mail.newer', title: 'The mail after it', keys: ['p', 'ctrl+p'], scope: 'Mail', hint: 'Newer' },
]);
