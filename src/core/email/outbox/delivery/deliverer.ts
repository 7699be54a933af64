import { timestamp } from '../../../clock.ts';
import { isMfaError, MfaError, messageOf } from '../../../errors.ts';
import type { Lease } from '../../../runs/lease.ts';
import type { OutboxRow } from '../../../store/tables.ts';
import type { Wait } from '../../../wait.ts';
import type { createSender } from '../../create-sender.ts';
import { type EmailSettings, smtpPasswordSecret } from '../../email-settings.ts';
import type { MailContent } from '../../mail-content.ts';
import { MailFiles } from '../../mail-files.ts';
import type { MailSender, OutgoingMail } from '../../mail-sender.ts';
import type { OutboxContext } from '../outbox-context.ts';
import { unsealText } from '../sealed-text.ts';
import { deliveryProblem, switchedOff } from '../sending-problems.ts';
import type { DeliverOptions } from './deliver-options.ts';
import { dueKinds, nextDueAt, nextDueMail } from './delivery-due.ts';
import { claimMail, noteFailure, noteHandover, noteSent, putBack, tellable } from './mail-row-states.ts';
import { Pace } from './pace.ts';
import { pruneMails } from './prune-mails.ts';
import { endPause, pauseDelivery } from './server-pause.ts';

export interface DeliveryContext extends OutboxContext {
  readonly createSender: typeof createSender;
  readonly wait: Wait;
}

/** How often the outbox is looked at while nothing is due, in milliseconds. */
const lookMs = 1000;
/** A connection is kept open for so long until the next mail, in milliseconds. */
const keepOpenMs = 5000;
/** How often old mails are removed, in milliseconds. */
const pruneMs = 3_600_000;
/** How long a mail that has left may wait for its answer when the deliverer is stopped, in milliseconds. */
const graceMs = 5000;

/** Sends mails while its process holds the lease. */
export class Deliverer {
  readonly #context: DeliveryContext;
  readonly #lease: Lease;
  readonly #options: DeliverOptions;
  readonly #pace = new Pace();
  #sender: { readonly key: string; readonly sender: MailSender } | null = null;
  #lastUsedMs: number;
  /** When it is looked for old mails next. */
  #pruneAtMs = 0;

  constructor(context: DeliveryContext, lease: Lease, options: DeliverOptions) {
    this.#context = context;
    this.#lease = lease;
    this.#options = options;
    this.#lastUsedMs = context.clock().getTime();
  }

  /** @returns true when there was nothing to do for long enough, false when it was stopped */
  async run(): Promise<boolean> {
    const { signal, endsWhenIdleMs } = this.#options;
    const { clock, wait } = this.#context;
    try {
      while (!signal.aborted) {
        this.#prune();
        const waitMs = await this.#turn();
        const idleMs = clock().getTime() - this.#lastUsedMs;
        if (endsWhenIdleMs !== null && idleMs >= endsWhenIdleMs) return true;
        if (idleMs + waitMs > keepOpenMs) this.#close();
        if (waitMs > 0) await wait(Math.min(waitMs, lookMs), signal);
      }
      return false;
    } finally {
      this.#close();
    }
  }

  /** A part at a time, so that mails that are due go out in between. */
  #prune(): void {
    const { clock, emailSettings } = this.#context;
    const nowMs = clock().getTime();
    if (nowMs < this.#pruneAtMs) return;
    const isMore = pruneMails(this.#context, this.#lease, emailSettings.load());
    this.#pruneAtMs = isMore ? nowMs : nowMs + pruneMs;
  }

  /** Sends one mail if there is one to send now. @returns after how many milliseconds to look again */
  async #turn(): Promise<number> {
    const { store, clock, emailSettings, deliveryHealth } = this.#context;
    const settings = emailSettings.load();
    const kinds = dueKinds(settings);
    const dueAt = nextDueAt(store, kinds);
    if (dueAt === null && kinds === 'notices' && nextDueAt(store, 'all') !== null) {
      this.#options.onEvent({ kind: 'held', why: switchedOff().sentence });
    }
    if (dueAt === null) return lookMs;
    const now = clock();
    const problem = deliveryProblem(settings);
    if (problem !== null) {
      this.#options.onEvent({ kind: 'held', why: problem.sentence });
      return lookMs;
    }
    const from = Math.max(Date.parse(dueAt), Date.parse(deliveryHealth.load().pausedUntil ?? dueAt));
    const waitMs = Math.max(from - now.getTime(), this.#pace.wait(now.getTime()));
    if (waitMs > 0) return waitMs;
    const row = nextDueMail(store, timestamp(now), kinds);
    if (row === null) return lookMs;
    this.#pace.begin(now.getTime(), settings.mailsPerMinute);
    await this.#deliver(row, settings);
    this.#lastUsedMs = clock().getTime();
    return 0;
  }

  async #deliver(row: OutboxRow, settings: EmailSettings): Promise<void> {
    const { signal, onEvent } = this.#options;
    let hasLeft = false;
    let sender: MailSender | null = null;
    let grace: NodeJS.Timeout | undefined;
    const stop = () => {
      if (hasLeft) grace = setTimeout(() => sender?.close(), graceMs);
      else sender?.close();
    };
    signal.addEventListener('abort', stop);
    try {
      try {
        sender = await this.#senderFor(settings);
        await sender.open();
        endPause(this.#context);
      } catch (error) {
        if (signal.aborted) return;
        this.#close();
        const events = pauseDelivery(this.#context, this.#lease, row, asMfaError(error), settings);
        for (const event of events) onEvent(event);
        return;
      }
      if (signal.aborted) return;
      const refusal = claimMail(this.#context, this.#lease, row);
      if (refusal !== null) {
        onEvent(refusal);
        return;
      }
      try {
        const { response } = await sender.send(this.#outgoing(row), () => {
          noteHandover(this.#context, this.#lease, row.id);
          hasLeft = true;
        });
        onEvent(await this.#persist(() => noteSent(this.#context, row, response)));
      } catch (error) {
        const failure = asMfaError(error);
        if (failure.code === 'run.leaseLost' || failure.code.startsWith('store.')) throw failure;
        if (signal.aborted && failure.code !== 'mail.inDoubt' && failure.code !== 'mail.refused') {
          putBack(this.#context, row);
          return;
        }
        const note = () => noteFailure(this.#context, this.#lease, row, failure, settings);
        onEvent(await this.#persist(note));
      }
    } finally {
      signal.removeEventListener('abort', stop);
      clearTimeout(grace);
    }
  }

  /** What became of a mail is written as soon as the database can be written, however long that takes. */
  async #persist<Result>(write: () => Result): Promise<Result> {
    const { wait } = this.#context;
    const { signal, onEvent } = this.#options;
    for (;;) {
      try {
        return write();
      } catch (error) {
        const canPass = isMfaError(error, 'store.busy') || isMfaError(error, 'store.full');
        if (!canPass || signal.aborted) throw error;
        onEvent({ kind: 'held', why: error.sentence });
        await wait(lookMs, signal);
      }
    }
  }

  #outgoing(row: OutboxRow): OutgoingMail {
    const { secrets } = this.#context;
    const content =
      row.sealed === null
        ? (JSON.parse(row.content ?? 'null') as MailContent | null)
        : unsealText(secrets, row.message_id, row.sealed).content;
    if (content === null || row.recipient === null) {
      throw new Error(`The mail to ${tellable(row).username} has no text or no address.`);
    }
    const files = new MailFiles(this.#context.store);
    return {
      to: row.recipient,
      content,
      files: (content.attachments ?? []).map((one) => ({ name: one.name, bytes: files.read(one) })),
      messageId: row.message_id,
      date: new Date(row.waiting_since),
    };
  }

  /** The sender of the last mail, as long as nobody has changed how mails leave. */
  async #senderFor(settings: EmailSettings): Promise<MailSender> {
    const { secrets, createSender } = this.#context;
    const password = secrets.get(smtpPasswordSecret);
    const key = JSON.stringify([settings, password]);
    if (this.#sender?.key === key) return this.#sender.sender;
    this.#close();
    const sender = await createSender({ settings, password, onConversation: () => {} });
    this.#sender = { key, sender };
    return sender;
  }

  #close(): void {
    this.#sender?.sender.close();
    this.#sender = null;
  }
}

function asMfaError(error: unknown): MfaError {
  if (error instanceof MfaError) return error;
  return new MfaError('internal.unexpected', `Something unexpected went wrong: ${messageOf(error)}.`, {
    cause: error,
  });
}
