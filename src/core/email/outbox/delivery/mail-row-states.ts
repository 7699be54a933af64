import { addSeconds, timestamp } from '../../../clock.ts';
import { type ErrorCode, MfaError } from '../../../errors.ts';
import type { Lease } from '../../../runs/lease.ts';
import type { OutboxRow } from '../../../store/tables.ts';
import type { EmailSettings } from '../../email-settings.ts';
import type { MailKind } from '../../templates/template-key.ts';
import type { OutboxContext } from '../outbox-context.ts';
import { mailEvent, mailFromRow } from '../outbox-mail.ts';
import { findMailRow, requireMailRow, updateMailRow } from '../outbox-rows.ts';
import { requireReceiver } from '../receiver.ts';
import { nextAttempt } from './back-off.ts';
import type { DeliveryEvent, TellableMail } from './delivery-event.ts';

type Context = Pick<OutboxContext, 'store' | 'audit' | 'clock'>;

export function tellable(row: OutboxRow): TellableMail {
  const { id, username, recipient, kind } = mailFromRow(row);
  return { id, username, to: recipient, kind };
}

/**
 * Notes that a mail is about to be sent, before the conversation begins.
 * @returns why it must not be sent any more; null when it is ours to send
 * @throws {MfaError} `run.leaseLost`
 */
export function claimMail(
  { store, audit, clock }: Context,
  lease: Lease,
  found: OutboxRow,
): DeliveryEvent | null {
  const { id, kind } = found;
  return store.transaction(() => {
    lease.assertHeld();
    const row = findMailRow(store, id);
    if (row === undefined) {
      const mail = { id, kind: kind as MailKind, username: 'erased', to: null };
      return { kind: 'cancelled', mail, why: 'It was erased together with all data of its receiver.' };
    }
    if (row.state !== 'queued') return { kind: 'cancelled', mail: tellable(row), why: `It is ${row.state}.` };
    const now = timestamp(clock());
    try {
      requireReceiver(store, row);
    } catch (error) {
      if (!(error instanceof MfaError)) throw error;
      updateMailRow(store, id, { ...settled('cancelled', now, error.code, error.message), sealed: null });
      audit.append(mailEvent('cancelled', mailFromRow(row), error.message));
      return { kind: 'cancelled', mail: tellable(row), why: error.message };
    }
    updateMailRow(store, id, {
      state: 'sending',
      attempts: row.attempts + 1,
      last_attempt_at: now,
      handed_over_at: null,
    });
    return null;
  });
}

/** Notes that the text of a mail begins to leave, before it does. @throws {MfaError} `run.leaseLost` */
export function noteHandover({ store, clock }: Context, lease: Lease, id: number): void {
  store.transaction(() => {
    lease.assertHeld();
    updateMailRow(store, id, { handed_over_at: timestamp(clock()) });
  });
}

/** Notes that the server has confirmed a mail; true whoever holds the lease by now. */
export function noteSent({ store, audit, clock }: Context, row: OutboxRow, response: string): DeliveryEvent {
  return store.transaction(() => {
    const now = timestamp(clock());
    updateMailRow(store, row.id, { ...settled('sent', now, null, response), sealed: null });
    audit.append(mailEvent('sent', mailFromRow(row), response));
    return { kind: 'sent', mail: tellable(row), why: response };
  });
}

/**
 * Notes that a mail was not taken: for good when the server refused it, in doubt when no answer came, else until
 * its next attempt, or for good when it was tried for long enough.
 * @throws {MfaError} `run.leaseLost`
 */
export function noteFailure(
  { store, audit, clock }: Context,
  lease: Lease,
  row: OutboxRow,
  error: MfaError,
  settings: EmailSettings,
): DeliveryEvent {
  return store.transaction(() => {
    lease.assertHeld();
    const mail = tellable(row);
    const now = clock();
    const settle = (state: 'failed' | 'inDoubt', why: string, code: string): DeliveryEvent => {
      updateMailRow(store, row.id, settled(state, timestamp(now), code, why));
      audit.append(mailEvent(state, mailFromRow(row), why));
      return { kind: state, mail, why };
    };
    if (error.code === 'mail.inDoubt') return settle('inDoubt', error.sentence, error.code);
    if (isFinal(error)) return settle('failed', error.message, error.code);
    const { attempts } = requireMailRow(store, row.id);
    const next = nextAttempt(now, attempts, lastMomentOf(row, settings));
    if (next === null) return settle('failed', givenUp(error.message, settings), 'mail.givenUp');
    const until = timestamp(next);
    const why = { why_code: error.code, why: error.message };
    updateMailRow(store, row.id, { state: 'queued', next_attempt_at: until, ...why });
    return { kind: 'deferred', mail, why: error.message, until };
  });
}

/** A mail whose attempt was broken off here before anything had left waits again, as if there had been none. */
export function putBack({ store }: Context, row: OutboxRow): void {
  const { state, attempts, last_attempt_at } = row;
  updateMailRow(store, row.id, { state, attempts, last_attempt_at, handed_over_at: null });
}

/** Until when a mail is tried. */
export function lastMomentOf(row: OutboxRow, { giveUpAfterHours }: EmailSettings): Date {
  return addSeconds(new Date(row.waiting_since), giveUpAfterHours * 3600);
}

export function givenUp(why: string, { giveUpAfterHours }: EmailSettings): string {
  return `Given up after ${giveUpAfterHours} h. ${why}`;
}

/** The columns of a mail to which nothing happens any more by itself. */
export function settled(
  state: 'sent' | 'failed' | 'inDoubt' | 'cancelled',
  now: string,
  code: string | null,
  why: string,
) {
  return { state, why_code: code, why, next_attempt_at: null, finished_at: now };
}

const finalCodes: readonly ErrorCode[] = [
  'mail.refused',
  'mail.attachmentGone',
  'secret.unreadable',
  'internal.unexpected',
];

/** Trying again would meet the same refusal (RFC 5321 4.2.1 about 5yz), or the same broken row. */
function isFinal({ code }: MfaError): boolean {
  return finalCodes.includes(code);
}
