import { setImmediate } from 'node:timers/promises';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { AttributeMap } from '../directory/attributes.ts';
import type { Directory, DirectoryPage } from '../directory/directory.ts';
import type { MailQueue } from '../email/outbox/mail-queue.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import { isMfaError, MfaError } from '../errors.ts';
import { beatRegularly } from '../runs/heartbeat.ts';
import { Lease } from '../runs/lease.ts';
import type { Run, RunChange, RunCounts, RunRequest } from '../runs/run.ts';
import { noCounts } from '../runs/run.ts';
import type { Runs } from '../runs/runs.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { Store } from '../store/store.ts';
import { applyChanges } from './apply.ts';
import { inBatches } from './batches.ts';
import { unusableLine } from './change-lines.ts';
import { type ImportRules, importRulesSchema } from './import-rules.ts';
import { Planner } from './plan.ts';
import { linesWithMail, queueMails } from './queue-mails.ts';

/** What an import works with. */
export interface ImportServices {
  store: Store;
  audit: AuditLog;
  runs: Runs;
  clock: Clock;
  actor: string;
  settings: CompanySettings;
  attributes: AttributeMap;
  directory: Pick<Directory, 'users'>;
  outbox: Pick<Outbox, 'openQueue'>;
}

export interface ImportOptions {
  /** Do everything except writing users: the preview. */
  dryRun?: boolean;
  /** The earlier run that this one continues. */
  resumes?: number | null;
  /** Stops after the batch that is being written. */
  signal?: AbortSignal;
  /** Told after every batch. */
  onProgress?: (progress: ImportProgress) => void;
  /** Told of every person, the unchanged ones too, batch by batch. */
  onChanges?: (changes: readonly RunChange[]) => void | Promise<void>;
}

export interface ImportProgress {
  runId: number;
  counts: RunCounts;
  /** The last username of the batch. */
  current: string | null;
  seconds: number;
}

/** The lease that every run holds which writes users. */
const writingRunLease = 'writing run';

/**
 * Brings the people of a selection in, batch by batch: each batch of users, its part of the run's log and
 * its audit events are one transaction, so that whatever happens, no user is half written. The run says how
 * it ended (`completed`, `cancelled`, `failed` with the error); doing it again finishes the rest.
 * @throws {MfaError} `run.inProgress` when another process is writing; other errors end up in the run
 */
export async function runImport(
  request: RunRequest,
  services: ImportServices,
  options: ImportOptions = {},
): Promise<Run> {
  const { store, clock, actor, runs } = services;
  const dryRun = options.dryRun ?? false;
  const lease = dryRun ? null : Lease.acquire(store, clock, writingRunLease, actor, 'import');
  try {
    const id = runs.start(request, { dryRun, resumes: options.resumes ?? null });
    const heartbeat = beatRegularly(() => runs.beat(id));
    try {
      return await executeRun(id, request, services, options, lease);
    } finally {
      clearInterval(heartbeat);
    }
  } finally {
    lease?.release();
  }
}

async function executeRun(
  id: number,
  request: RunRequest,
  services: ImportServices,
  options: ImportOptions,
  lease: Lease | null,
): Promise<Run> {
  const started = performance.now();
  const seconds = () => Math.round(performance.now() - started) / 1000;
  const rules = importRulesSchema.parse(request.rules);
  const mailQueue = rules.sendEmail === 'never' ? null : await services.outbox.openQueue();
  const writer = new BatchWriter(id, rules, services, lease, mailQueue);
  let state: Run['state'] = 'completed';
  let error: Run['error'] = null;
  try {
    // Committing how the run ended, below, makes all of its batches last.
    await services.store.withoutWaitingForDisk(() =>
      writeBatches(id, writer, request, services, options, seconds),
    );
  } catch (cause) {
    state = options.signal?.aborted ? 'cancelled' : 'failed';
    if (state === 'failed') error = describe(cause);
    if (isMfaError(cause, 'run.leaseLost')) state = 'interrupted';
  }
  return finishRun(id, { state, counts: writer.counts, seconds: seconds(), error }, services);
}

async function writeBatches(
  id: number,
  writer: BatchWriter,
  request: RunRequest,
  { directory }: ImportServices,
  { signal, onChanges, onProgress }: ImportOptions,
  seconds: () => number,
): Promise<void> {
  const listing = directory.users(request.selection, signal ? { signal } : {});
  for await (const batch of inBatches(listing)) {
    // Pages that wait already come without a turn of the event loop, which the order to stop needs.
    await setImmediate();
    signal?.throwIfAborted();
    const lines = writer.write(batch);
    await onChanges?.(lines);
    onProgress?.({
      runId: id,
      counts: writer.counts,
      current: lines.at(-1)?.username ?? null,
      seconds: seconds(),
    });
  }
}

/** Plans and writes batches of one run, and keeps its counts. */
class BatchWriter {
  counts: RunCounts = { ...noCounts };
  readonly #runId: number;
  readonly #services: ImportServices;
  readonly #lease: Lease | null;
  readonly #rules: ImportRules;
  /** Null when nobody gets a mail. */
  readonly #mailQueue: MailQueue | null;
  readonly #planner: Planner;
  #nextNumber = 1;

  constructor(
    runId: number,
    rules: ImportRules,
    services: ImportServices,
    lease: Lease | null,
    mailQueue: MailQueue | null,
  ) {
    this.#runId = runId;
    this.#services = services;
    this.#lease = lease;
    this.#rules = rules;
    this.#mailQueue = mailQueue;
    const { store, settings, attributes } = services;
    this.#planner = new Planner(store, { rules, settings, attributes });
  }

  /** @returns the log lines of everybody in the batch */
  write(batch: DirectoryPage): RunChange[] {
    const { store, runs } = this.#services;
    const { lines, logged, counts } = store.transaction(() => {
      this.#lease?.assertHeld();
      const planned = this.#planner.plan(batch.users);
      const applied =
        this.#lease === null
          ? planned.map((change) => change.log)
          : applyChanges(planned, { ...this.#services, runId: this.#runId });
      const lines: RunChange[] = [...batch.unusable.map(unusableLine), ...applied];
      const counts = countLines(this.counts, lines);
      if (this.#mailQueue !== null) {
        const due = linesWithMail(this.#rules.sendEmail, applied);
        const notSent = this.#lease === null ? 0 : queueMails(store, this.#mailQueue, due);
        counts.mails = (counts.mails ?? 0) + due.length;
        counts.mailsNotSent = (counts.mailsNotSent ?? 0) + notSent;
      }
      const logged = lines.filter((line) => line.change !== 'unchanged' || line.reason !== null);
      runs.log(this.#runId, this.#nextNumber, logged, counts);
      return { lines, logged, counts };
    });
    if (this.#lease !== null) this.#planner.applied();
    this.#nextNumber += logged.length;
    this.counts = counts;
    return lines;
  }
}

function countLines(before: RunCounts, lines: readonly RunChange[]): RunCounts {
  const counts = { ...before, read: before.read + lines.length };
  for (const { change } of lines) counts[change === 'conflict' ? 'conflicts' : change] += 1;
  return counts;
}

function finishRun(
  id: number,
  outcome: Pick<Run, 'state' | 'counts' | 'seconds' | 'error'>,
  { store, runs, audit }: ImportServices,
): Run {
  return store.transaction(() => {
    const run = runs.finish(id, outcome);
    if (!run.dryRun) {
      audit.append({
        action: 'run.finished',
        target: `run ${id}`,
        result: run.state === 'completed' ? 'success' : 'failure',
        reason: run.error?.message ?? (run.state === 'completed' ? null : run.state),
        details: { purpose: run.purpose, counts: run.counts, selection: run.request.selection },
      });
    }
    return run;
  });
}

function describe(cause: unknown): NonNullable<Run['error']> {
  if (cause instanceof MfaError) return { code: cause.code, message: cause.sentence };
  return {
    code: 'internal.unexpected',
    message: cause instanceof Error ? cause.message : String(cause),
  };
}
