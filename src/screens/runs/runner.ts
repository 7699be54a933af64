import type { RunOptions } from '../../core/import/run-writer.ts';
import type { Run } from '../../core/runs/run.ts';
import { stopQuestion } from '../shell/overlays.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { createReducerStore, type Store } from '../store.ts';
import { failureText } from '../text/failure-text.ts';
import { confirmed } from '../widgets/dialog/state.ts';
import { initialRun, type Kind, type RunState, reduceRun } from './state.ts';

/** One run that is to be executed in a thread and shown. */
export interface RunTask {
  /** Nothing is written. */
  readonly isPreview: boolean;
  /** For questions and errors: "Import". */
  readonly title: string;
  /** Of how many users it is, for the bar; null while nobody has counted. */
  readonly users: number | null;
  /** Counts them while it runs already; left out where that is not possible. */
  count?(signal: AbortSignal): Promise<number>;
  /** What becomes of a run that writes and is stopped, for the question before. */
  readonly whenStopped: string;
  execute(options: Pick<RunOptions, 'dryRun' | 'signal' | 'onProgress'>): Promise<Run>;
}

/** Does one run after the other, and tells how far it is. */
export interface Runner extends Pick<Store<RunState>, 'get' | 'subscribe'> {
  start(task: RunTask): void;
  show(kind: Kind): void;
  /** Stops what writes nothing at once; asks before it stops what writes. False when it goes on. */
  stop(): Promise<boolean>;
  /** Stops whatever runs. */
  close(): void;
  /** Resolves when nothing runs. */
  settled(): Promise<unknown>;
}

/**
 * Starts with a task.
 * @param onEnd called when one has ended, before anything else; without a run when it did not even begin
 */
export function createRunner(
  context: ScreenContext,
  purpose: Run['purpose'],
  first: RunTask,
  onEnd: (task: RunTask, run: Run | null) => void,
): Runner {
  const { overlays } = context;
  const store = createReducerStore(reduceRun, initialRun(purpose, first.isPreview, performance.now()));
  let task = first;
  let stopping = new AbortController();
  /** Nothing is asked about a run that is over. */
  let over = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  function start(next: RunTask): void {
    task = next;
    stopping = new AbortController();
    over = new AbortController();
    const { isPreview, users: total, title } = task;
    store.dispatch({ type: 'begin', isPreview, nowMs: performance.now(), total });
    if (total === null) count(AbortSignal.any([stopping.signal, over.signal]));
    const { signal } = stopping;
    running = context.work(title, (quit) => execute(AbortSignal.any([quit, signal])));
  }

  function count(signal: AbortSignal): void {
    task.count?.(signal).then(
      (total) => store.dispatch({ type: 'counted', total }),
      // Without a total the bar has none; the run itself says what is wrong with the directory.
      () => {},
    );
  }

  async function execute(signal: AbortSignal): Promise<void> {
    const done = task;
    let ended: Run | null = null;
    try {
      const run = await done.execute({
        dryRun: done.isPreview,
        signal,
        onProgress: (progress) => store.dispatch({ type: 'progress', nowMs: performance.now(), progress }),
      });
      store.dispatch({ type: 'end', run });
      ended = run;
    } catch (error) {
      store.dispatch({ type: 'broken', failure: failureText(error) });
    } finally {
      over.abort();
    }
    onEnd(done, ended);
  }

  start(first);
  return {
    get: store.get,
    subscribe: store.subscribe,
    start,
    show: (kind) => store.dispatch({ type: 'kind', kind }),
    async stop() {
      if (!task.isPreview && store.get().phase === 'running') {
        const question = stopQuestion(task.title, task.whenStopped);
        if ((await overlays.ask(question, over.signal)) !== confirmed) return false;
      }
      store.dispatch({ type: 'stop' });
      stopping.abort();
      return true;
    },
    close: () => stopping.abort(),
    settled: () => running,
  };
}
