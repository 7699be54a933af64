import type { Core } from '../core.ts';

/** The mails to users. */
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
