import type { MfaError } from '../../errors.ts';
import type { ExportFormat } from '../../export-parts.ts';
import { inChunks } from '../../in-chunks.ts';
import { findHolder, type LeaseHolder } from '../../runs/lease.ts';
import type { DeliveryHealth } from '../delivery-health.ts';
import type { UserMailKind } from '../templates/template-key.ts';
import { deliveryLease, isDeliveryDue } from './delivery/delivery-due.ts';
import { exportMails } from './export-mails.ts';
import type { MailQueue } from './mail-queue.ts';
import type { MailPreview } from './mail-user.ts';
import type { NoticeQueue } from './notice-queue.ts';
import type { OutboxContext } from './outbox-context.ts';
import { countByState, countMails, listMails, mailIds, type OutboxQuery } from './outbox-listing.ts';
import {
  type MailState,
  mailWithContent,
  type OutboxMail,
  type OutboxMailWithContent,
} from './outbox-mail.ts';
import { requireMailRow } from './outbox-rows.ts';

/** What became of one of many mails. Failures are values: the others are changed all the same. */
export type MailResult =
  | { readonly id: number; readonly mail: OutboxMail; readonly error?: undefined }
  | { readonly id: number; readonly error: MfaError; readonly mail?: undefined };

/** As {@link MailResult}, of a mail to a user. */
export type UserMailResult =
  | { readonly username: string; readonly mail: OutboxMail; readonly error?: undefined }
  | { readonly username: string; readonly error: MfaError; readonly mail?: undefined };

export interface OutboxOptions {
  /** Find out everything, write nothing. */
  readonly dryRun?: boolean;
  /** Stops after the chunk that is being written; the rest is reported as `run.cancelled`. */
  readonly signal?: AbortSignal | undefined;
}

/** Ends the transaction of a dry run. */
class TakenBack extends Error {}

/**
 * The mails to users and administrators: waiting, sent, and not sent with the reason. What writes mails and what sends them is loaded
 * when it is used.
 *
 * @example
 * const queue = await core.outbox.openQueue();
 * store.transaction(() => {
 *   const user = writeTheUser();
 *   queue.add({ user, kind: 'newUser', pin });
 * });
 */
export class Outbox {
  readonly #context: OutboxContext;

  constructor(context: OutboxContext) {
    this.#context = context;
  }

  /** Loads what writes mails to users, for queueing them inside a transaction. */
  async openQueue(): Promise<MailQueue> {
    const { MailQueue } = await import('./mail-queue.ts');
    return new MailQueue(this.#context);
  }

  /** As {@link openQueue}, for mails to the administrators. */
  async openNotices(): Promise<NoticeQueue> {
    const { NoticeQueue } = await import('./notice-queue.ts');
    return new NoticeQueue(this.#context);
  }

  /** Mails without their texts, the newest first. @throws {MfaError} `filter.invalid` */
  list(query: OutboxQuery = {}): OutboxMail[] {
    return listMails(this.#context.store, query);
  }

  /** The ids of all mails that a query finds, in the order of queueing. @throws {MfaError} `filter.invalid` */
  ids(query: OutboxQuery = {}): number[] {
    return mailIds(this.#context.store, query);
  }

  /**
   * All mails that a filter finds, or those with some ids, as parts of one CSV or JSON text, without their texts.
   * @throws {MfaError} `filter.invalid`
   */
  export(format: ExportFormat, which?: string | readonly number[]): Iterable<string> {
    return exportMails(this.#context.store, format, which);
  }

  /** How many mails a query finds; its limit and offset do not matter. @throws {MfaError} `filter.invalid` */
  count(query: OutboxQuery = {}): number {
    return countMails(this.#context.store, query);
  }

  /** How many mails are in each of these states. */
  countByState<State extends MailState>(states: readonly State[]): Record<State, number> {
    return countByState(this.#context.store, states);
  }

  /** One mail with its text, in which a PIN is hidden. @throws {MfaError} `mail.notFound` */
  find(id: number): OutboxMailWithContent {
    return mailWithContent(requireMailRow(this.#context.store, id));
  }

  /**
   * Lets mails be tried again: those that failed, are in doubt or wait for their next attempt go out as they were
   * written, to the present address of the user; those that were not sent are written anew.
   * @returns for each mail what became of it; the error of one that still cannot be sent says why
   */
  async retry(ids: readonly number[], options: OutboxOptions = {}): Promise<MailResult[]> {
    const { retryMail } = await import('./retry-mail.ts');
    const queue = await this.openQueue();
    const results = await this.#change(ids, options, (id) => retryMail(this.#context, queue, id));
    if (!options.dryRun && results.some(({ error }) => error === undefined)) this.#endPause();
    return results;
  }

  /**
   * Queues mails once more as mails of their own, with the same text, to the present address of the user.
   * @returns for each mail the new one; or its error, which is `mail.pinGone` when its text had a PIN, which is not
   *   kept
   */
  async resend(ids: readonly number[], options: OutboxOptions = {}): Promise<MailResult[]> {
    const { resendMail } = await import('./resend-mail.ts');
    return this.#change(ids, options, (id) => resendMail(this.#context, id));
  }

  /** Takes back mails that nobody wants any more; a PIN in their texts is removed. */
  async cancel(ids: readonly number[], options: OutboxOptions = {}): Promise<MailResult[]> {
    const { cancelMail } = await import('./cancel-mail.ts');
    return this.#change(ids, options, (id) => cancelMail(this.#context, id));
  }

  /**
   * Queues a mail to each of these users. Nobody is to be told silently: one that cannot be sent is in the outbox, too,
   * and says why.
   * @param kind null is what a new user gets: New User, or User Enrollment while no phone is known
   */
  async mailUsers(
    usernames: readonly string[],
    kind: UserMailKind | null,
    options: OutboxOptions = {},
  ): Promise<UserMailResult[]> {
    const { mailUser } = await import('./mail-user.ts');
    const queue = await this.openQueue();
    const { store } = this.#context;
    return inChunks<string, UserMailResult>(
      usernames,
      (username) => ({ username, mail: mailUser(store, queue, username, kind) }),
      {
        transaction: (chunk) => this.#write(options, chunk),
        failed: (username, error) => ({ username, error }),
        signal: options.signal,
      },
    );
  }

  /**
   * The mail that a user would get, and what would keep it from being sent; stores nothing.
   * @throws {MfaError} `user.notFound`
   */
  async preview(username: string, kind: UserMailKind | null): Promise<MailPreview> {
    const { previewMail } = await import('./mail-user.ts');
    return previewMail(this.#context.store, await this.openQueue(), username, kind);
  }

  /** Whether mails can be handed over at all, as the deliverer found last. */
  health(): DeliveryHealth {
    return this.#context.deliveryHealth.load();
  }

  /** The process that delivers now; null when none does. */
  deliverer(): LeaseHolder | null {
    return findHolder(this.#context.store, this.#context.clock, deliveryLease);
  }

  /**
   * Whether a deliverer would find something to do now. Quick, for asking again and again.
   */
  isDeliveryDue(): boolean {
    return isDeliveryDue(this.#context);
  }

  /** Who retries a mail does not want to wait for the next attempt at the server. */
  #endPause(): void {
    const { deliveryHealth } = this.#context;
    const health = deliveryHealth.load();
    if (health.pausedUntil !== null) deliveryHealth.save({ ...health, pausedUntil: null });
  }

  #change(
    ids: readonly number[],
    options: OutboxOptions,
    work: (id: number) => OutboxMail,
  ): Promise<MailResult[]> {
    return inChunks<number, MailResult>(ids, (id) => ({ id, mail: work(id) }), {
      transaction: (chunk) => this.#write(options, chunk),
      failed: (id, error) => ({ id, error }),
      signal: options.signal,
    });
  }

  /** One transaction, which a dry run takes back. */
  #write<Result>({ dryRun }: OutboxOptions, work: () => Result): Result {
    const { store } = this.#context;
    if (!dryRun) return store.transaction(work);
    let outcome: { readonly result: Result } | undefined;
    try {
      store.transaction(() => {
        outcome = { result: work() };
        throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
    return (outcome as { readonly result: Result }).result;
  }
}
