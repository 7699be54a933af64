import { mailJson } from '../../../core/email/outbox/mail-json.ts';
import { type MailState, mailStateNames } from '../../../core/email/outbox/outbox-mail.ts';
import { utcMoment } from '../../../core/utc-time.ts';
import type { CommandContext } from '../../context.ts';
import { printJson, printTable } from '../../output.ts';

export interface ListOptions {
  state?: MailState[];
  filter?: string;
  limit?: number;
  before?: number;
}

const tableRows = 100;

export async function listMails(context: CommandContext, options: ListOptions): Promise<undefined> {
  const { outbox } = await context.core();
  const { json } = context.options;
  const states = (options.state ?? []).map((state) => `state:${state}`);
  const filter = [...states, options.filter ?? ''].join(' ').trim();
  const limit = options.limit ?? (json ? undefined : tableRows);
  const mails = outbox.list({ filter, before: options.before, limit });
  const total = outbox.count({ filter });
  const health = outbox.health();
  const deliverer = outbox.deliverer();
  if (json) return void (await printJson({ total, mails: mails.map(mailJson), health, deliverer }));
  if (mails.length > 0) {
    await printTable(mails, [
      { title: 'Mail', value: ({ id }) => id, align: 'right' },
      { title: 'Queued', value: ({ queuedAt }) => queuedAt, isExtra: true },
      { title: 'User', value: ({ username }) => username },
      { title: 'To', value: ({ recipient }) => recipient, isExtra: true },
      { title: 'Kind', value: ({ kind }) => kind },
      { title: 'State', value: ({ state }) => mailStateNames[state] },
      { title: 'Next attempt', value: ({ nextAttemptAt }) => nextAttemptAt, isExtra: true },
      { title: 'Why', value: ({ why }) => why },
    ]);
  }
  context.note(
    mails.length === total
      ? `${total} ${total === 1 ? 'mail' : 'mails'}`
      : `${mails.length} of ${total} mails`,
  );
  if (health.why !== null)
    context.note(`No mail leaves since ${utcMoment(health.failingSince ?? '')}: ${health.why}`);
  if (deliverer === null && outbox.isDeliveryDue()) {
    context.note('Nobody delivers them now: run "mfa-console serve", or open the console.');
  }
  return undefined;
}
