import { setImmediate } from 'node:timers/promises';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import type { SendEmailRule } from '../email/outbox/send-email-rule.ts';
import type { Lease } from '../runs/lease.ts';
import type { RunChange, RunCounts } from '../runs/run.ts';
import { noCounts } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import type { Store } from '../store/store.ts';
import { InsertedUsers } from '../store/user-rows.ts';
import { applyChanges } from './apply.ts';
import type { PlannedChange } from './planned-change.ts';
import { linesWithMail, type Mails, queueMails } from './queue-mails.ts';

/** What every run works with. */
export interface RunServices {
  store: Store;
  audit: AuditLog;
  runs: Runs;
  clock: Clock;
  actor: string;
  outbox: Pick<Outbox, 'openQueue'>;
}

export interface RunOptions {
  /** Do everything except writing users: the preview of an import, the simulation of a synchronization. */
  dryRun?: boolean;
  /** The earlier run that this one continues. */
  resumes?: number | null;
  /** Stops after the batch that is being written. */
  signal?: AbortSignal;
  /** Told after every batch. */
  onProgress?: (progress: RunProgress) => void;
  /** Told of every person, the unchanged ones too, batch by batch. */
  onChanges?: (changes: readonly RunChange[]) => void | Promise<void>;
}

export interface RunProgress {
  runId: number;
  counts: RunCounts;
  /** The last username of the batch. */
  current: string | null;
  seconds: number;
}

/** What one transaction of a run does, or a part of it. */
export interface BatchPlan {
  /** Entries that the directory gave. */
  read: number;
  /** Lines of the log without anything to be done. */
  lines: readonly RunChange[];
  changes: readonly PlannedChange[];
  /** Who of those that are changed gets a mail; left out: nobody. */
  mails?: Mails | null;
  /** What else is to be written with it; left out in a dry run. */
  alongside?: () => void;
}

/**
 * Plans and writes the batches of one run: each with its users, its part of the run's log and its audit events in one
 * transaction. Without a lease it does everything but writing users.
 */
export class RunWriter {
  readonly id: number;
  readonly seconds: () => number;
  counts: RunCounts = { ...noCounts };
  readonly #services: RunServices;
  readonly #options: RunOptions;
  readonly #lease: Lease | null;
  #nextNumber = 1;

  constructor(
    id: number,
    services: RunServices,
    options: RunOptions,
    lease: Lease | null,
    seconds: () => number,
  ) {
    this.id = id;
    this.seconds = seconds;
    this.#services = services;
    this.#options = options;
    this.#lease = lease;
  }

  /** True when users are written. */
  get isWriting(): boolean {
    return this.#lease !== null;
  }

  /** What batches need whose people get mails; it is loaded before their transactions. */
  async openMails(rule: SendEmailRule): Promise<Mails | null> {
    return rule === 'never' ? null : { rule, queue: await this.#services.outbox.openQueue() };
  }

  /**
   * Does one batch and tells of it.
   * @param plan decides inside the transaction, so that what it found is still true when it is written. Each part is
   *   written before the next one is planned
   */
  async batch(plan: () => Iterable<BatchPlan>): Promise<void> {
    const { signal, onChanges, onProgress } = this.#options;
    // Pages that wait already come without a turn of the event loop, which the order to stop needs.
    await setImmediate();
    signal?.throwIfAborted();
    const { lines, current } = this.#write(plan);
    await onChanges?.(lines);
    onProgress?.({ runId: this.id, counts: this.counts, current, seconds: this.seconds() });
  }

  /** @returns the lines for those who are told of them, and the last username */
  #write(plan: () => Iterable<BatchPlan>): { lines: RunChange[]; current: string | null } {
    const { store } = this.#services;
    const told: RunChange[] = [];
    let current: string | null = null;
    let { counts } = this;
    let number = this.#nextNumber;
    store.transaction(() => {
      this.#lease?.assertHeld();
      const inserted = new InsertedUsers();
      for (const part of plan()) {
        const written = this.#writePart(part, counts, number, inserted);
        counts = written.counts;
        number += written.logged;
        current = written.lines.at(-1)?.username ?? current;
        if (this.#options.onChanges !== undefined) for (const line of written.lines) told.push(line);
      }
      inserted.index(store);
    });
    this.#nextNumber = number;
    this.counts = counts;
    return { lines: told, current };
  }

  #writePart(
    { read, lines: idle, changes, mails, alongside }: BatchPlan,
    before: RunCounts,
    number: number,
    inserted: InsertedUsers,
  ): { lines: RunChange[]; counts: RunCounts; logged: number } {
    const { store, runs } = this.#services;
    const applied =
      this.#lease === null
        ? changes.map(({ log }) => log).filter((line) => line !== null)
        : applyChanges(changes, { ...this.#services, runId: this.id, inserted });
    if (this.#lease !== null) alongside?.();
    const lines = [...idle, ...applied];
    const counts = countLines(before, lines, read);
    if (mails != null) {
      const due = linesWithMail(mails.rule, applied);
      const notSent = this.#lease === null ? 0 : queueMails(store, mails.queue, due);
      counts.mails = (counts.mails ?? 0) + due.length;
      counts.mailsNotSent = (counts.mailsNotSent ?? 0) + notSent;
    }
    const logged = lines.filter((line) => line.change !== 'unchanged' || line.reason !== null);
    runs.log(this.id, number, logged, counts);
    return { lines, counts, logged: logged.length };
  }
}

function countLines(before: RunCounts, lines: readonly RunChange[], read: number): RunCounts {
  const counts = { ...before, read: before.read + read };
  for (const { change } of lines) counts[change === 'conflict' ? 'conflicts' : change] += 1;
  return counts;
}
