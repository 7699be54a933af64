import { changeableStates, mailStateNames, type OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { type Command, defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';

/** What is done to mails. */
export type MailActionId = 'retry' | 'resend' | 'cancel';

export type OutboxCommandId = 'outbox.details' | `outbox.${MailActionId}` | 'outbox.choose' | 'outbox.export';

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

/** Actions are for all marked mails, else for the one under the cursor. */
export const outboxCommands = defineCommands<OutboxCommandState, OutboxCommandId>([
  {
    id: 'outbox.details',
    title: 'All of a mail, with what the server said and its text',
    keys: ['enter'],
    scope: 'Outbox',
    hint: 'Details',
    isEnabled: ({ current }) => current !== undefined || 'There is no mail here.',
  },
  ...actionsOf('outbox', 'Outbox', ({ marked, isMarking, current }: OutboxCommandState) => {
    if (isMarking) return 'The mails are still being marked.';
    return marked > 0 || (current ?? 'There is no mail here.');
  }),
  {
    id: 'outbox.choose',
    title: 'Filter by state, kind and user',
    keys: ['f'],
    scope: 'Outbox',
    hint: 'Choose filter',
  },
  { id: 'outbox.export', title: 'Write what became of mails to a file', keys: ['x'], scope: 'Outbox' },
]);

export type MailCommandId = `mail.${MailActionId}` | 'mail.older' | 'mail.newer' | 'mail.view';

/** What decides which actions are possible for the mail that is shown. */
export interface MailCommandState {
  readonly isReadOnly: boolean;
  readonly mail: OutboxMail;
}

export const mailCommands = defineCommands<MailCommandState, MailCommandId>([
  {
    id: 'mail.view',
    title: 'Plain text, HTML as text, HTML source',
    keys: ['v'],
    scope: 'Mail',
    hint: 'View',
  },
  ...actionsOf('mail', 'Mail', ({ mail }: MailCommandState) => mail),
  { id: 'mail.older', title: 'The mail before it', keys: ['n', 'ctrl+n'], scope: 'Mail', hint: 'Older' },
  { id: 'mail.newer', title: 'The mail after it', keys: ['p', 'ctrl+p'], scope: 'Mail', hint: 'Newer' },
]);

/** The actions. @param subject the only mail that they are for; true for several; why there is none */
function actionsOf<Noun extends string, State extends { readonly isReadOnly: boolean }>(
  noun: Noun,
  scope: string,
  subject: (state: State) => OutboxMail | true | string,
): readonly Command<State, `${Noun}.${MailActionId}`>[] {
  const action = (
    id: MailActionId,
    words: { readonly title: string; readonly hint: string },
    keys: readonly string[],
    whyNot: (mail: OutboxMail) => string | null,
  ): Command<State, `${Noun}.${MailActionId}`> => ({
    id: `${noun}.${id}`,
    ...words,
    keys,
    scope,
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      const mail = subject(state);
      return typeof mail === 'object' ? (whyNot(mail) ?? true) : mail;
    },
  });
  return [
    action('retry', { title: 'Try again', hint: 'Retry' }, ['t'], whyNotChanged),
    action(
      'resend',
      { title: 'Send once more, as a new mail with the same text', hint: 'Resend' },
      ['R'],
      whyNotResent,
    ),
    action(
      'cancel',
      { title: 'Cancel, so that it is not sent', hint: 'Cancel' },
      ['-', 'delete'],
      whyNotChanged,
    ),
  ];
}

function whyNotResent({ state, subject }: OutboxMail): string | null {
  if (state === 'queued' || state === 'sending') return 'The mail was not sent yet.';
  return subject === null ? 'The mail has no text yet: try it again instead.' : null;
}

function whyNotChanged({ state }: OutboxMail): string | null {
  return changeableStates.includes(state) ? null : `The mail is ${mailStateNames[state]}.`;
}
