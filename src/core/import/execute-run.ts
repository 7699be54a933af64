import { isMfaError, MfaError } from '../errors.ts';
import { beatRegularly } from '../runs/heartbeat.ts';
import { Lease } from '../runs/lease.ts';
import { isQuiet } from '../runs/quiet-runs.ts';
import type { Run, RunOrder, RunState } from '../runs/run.ts';
import { type RunOptions, type RunServices, RunWriter } from './run-writer.ts';

/** The lease that every run holds which writes users. */
export const writingRunLease = 'writing run';

/** The work of a run, batch by batch. */
export interface RunWork {
  /** @returns how it ended */
  execute(writer: RunWriter): Promise<Extract<RunState, 'completed' | 'awaitingApproval'>>;
  /** What is to be noted with the end of a run that wrote, in the transaction that says so. */
  conclude?(run: Run): void;
}

/**
 * Executes a run: each batch of users, its part of the run's log and its audit events are one transaction, so that
 * whatever happens, no user is half written. The run says how it ended (`completed`, `awaitingApproval`, `cancelled`,
 * `failed` with the error); doing it again finishes the rest.
 * @throws {MfaError} `run.inProgress` when another process is writing; other errors end up in the run
 */
export async function executeRun(
  order: RunOrder,
  services: RunServices,
  options: RunOptions,
  work: RunWork,
): Promise<Run> {
  const { store, clock, actor, runs } = services;
  const dryRun = options.dryRun ?? false;
  const lease = dryRun ? null : Lease.acquire(store, clock, writingRunLease, actor, order.purpose);
  try {
    const id = runs.start(order, { dryRun, resumes: options.resumes ?? null });
    const heartbeat = beatRegularly(() => runs.beat(id));
    try {
      return await workAndFinish(id, services, options, lease, work);
    } finally {
      clearInterval(heartbeat);
    }
  } finally {
    lease?.release();
  }
}

async function workAndFinish(
  id: number,
  services: RunServices,
  options: RunOptions,
  lease: Lease | null,
  work: RunWork,
): Promise<Run> {
  const started = performance.now();
  const seconds = () => Math.round(performance.now() - started) / 1000;
  const writer = new RunWriter(id, services, options, lease, seconds);
  let state: Run['state'];
  let error: Run['error'] = null;
  try {
    // Committing how the run ended, below, makes all of its batches last.
    state = await services.store.withoutWaitingForDisk(() => work.execute(writer));
  } catch (cause) {
    state = options.signal?.aborted ? 'cancelled' : 'failed';
    if (state === 'failed') error = describe(cause);
    if (isMfaError(cause, 'run.leaseLost')) state = 'interrupted';
  }
  return finishRun(id, { state, counts: writer.counts, seconds: seconds(), error }, services, work);
}

function finishRun(
  id: number,
  outcome: Pick<Run, 'state' | 'counts' | 'seconds' | 'error'>,
  { store, runs, audit }: RunServices,
  work: RunWork,
): Run {
  return store.transaction(() => {
    const run = runs.finish(id, outcome);
    if (run.dryRun) return run;
    const isDone = run.state === 'completed' || run.state === 'awaitingApproval';
    if (isDone) work.conclude?.(run);
    if (isQuiet(run)) return run;
    audit.append({
      action: 'run.finished',
      target: `run ${id}`,
      result: isDone ? 'success' : 'failure',
      reason: run.error?.message ?? (run.state === 'completed' ? null : run.state),
      details: {
        purpose: run.purpose,
        counts: run.counts,
        ...(run.purpose === 'import' ? { selection: run.request.selection } : run.request),
      },
    });
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
