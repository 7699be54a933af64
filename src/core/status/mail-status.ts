import type { Core } from '../core.ts';
import { noticeKinds } from '../email/templates/template-key.ts';

/** The mails to users and administrators. */
export interface MailStatus {
  /** The master switch. */
  isOn: boolean;
  /** They wait for their turn or their next attempt, or are just being sent. */
  waiting: number;
  failed: number;
  /** Nobody knows whether the mail server has taken them. */
  inDoubt: number;
  /** They were due and could not be sent; each says why. */
  notSent: number;
}

export function readMailStatus({ outbox }: Core, isOn: boolean): MailStatus {
  const { queued, sending, ...others } = outbox.countByState([
    'queued',
    'sending',
    'failed',
    'inDoubt',
    'notSent',
  ]);
  return { isOn, waiting: queued + sending, ...others };
}

/** How many mails to users wait; those to administrators leave also while mails to users are switched off. */
export function countWaitingForUsers({ store }: Pick<Core, 'store'>): number {
  return (
    store
      .prepare<{ count: number }>(
        `SELECT count(*) AS count FROM outbox
         WHERE state = 'queued' AND kind NOT IN (SELECT value FROM json_each(?))`,
      )
      .get(JSON.stringify(noticeKinds))?.count ?? 0
  );
}
