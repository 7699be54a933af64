import { importInThread } from '../../../core/background/threaded-runs.ts';
import type { RunCounts } from '../../../core/runs/run.ts';
import {
  initialRun,
  type Kind,
  type RunAction,
  type RunState,
  reduceRun,
  written,
} from '../../runs/state.ts';
import { stopQuestion } from '../../shell/overlays.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { countOf } from '../../text/count-text.ts';
import { failureText } from '../../text/failure-text.ts';
import { confirmed } from '../../widgets/dialog/state.ts';
import type { RunOrder } from './order.ts';

export interface RunnerOptions {
  readonly order: RunOrder;
  readonly isPreview: boolean;
  /** Counts whom the order takes, for the bar; asked while it runs already. */
  count(order: RunOrder, signal: AbortSignal): Promise<number>;
  /** Called when users may have been written. `isWhole`: all of the order is done. */
  onImported(isWhole: boolean): void;
}

/** Does one run after the other, in a thread, and tells how far it is. */
export interface Runner extends Pick<Store<RunState>, 'get' | 'subscribe'> {
  /** What is being done, or was done last. */
  order(): RunOrder;
  start(order: RunOrder, isPreview: boolean): void;
  show(kind: Kind): void;
  /** Stops a preview at once; asks before it stops an import. False when the import goes on. */
  stop(): Promise<boolean>;
  /** Stops whatever runs. */
  close(): void;
  /** Resolves when nothing runs. */
  settled(): Promise<unknown>;
}

export function createRunner(context: ScreenContext, options: RunnerOptions): Runner {
  const { core, overlays, status } = context;
  const store = createReducerStore<RunState, RunAction>(
    reduceRun,
    initialRun('import', options.isPreview, performance.now()),
  );
  let { order } = options;
  let stopping = new AbortController();
  /** Nothing is asked about a run that is over. */
  let over = new AbortController();
  let running: Promise<unknown> = Promise.resolve();

  function start(next: RunOrder, isPreview: boolean): void {
    order = next;
    stopping = new AbortController();
    over = new AbortController();
    store.dispatch({ type: 'begin', isPreview, nowMs: performance.now(), total: order.users });
    if (order.users === null) count(AbortSignal.any([stopping.signal, over.signal]));
    const { signal } = stopping;
    running = context.work(isPreview ? 'The preview' : 'The import', (quit) =>
      execute(isPreview, AbortSignal.any([quit, signal])),
    );
  }

  function count(signal: AbortSignal): void {
    options.count(order, signal).then(
      (total) => store.dispatch({ type: 'counted', total }),
      // Without a total the bar has none; the run itself says what is wrong with the directory.
      () => {},
    );
  }

  async function execute(isPreview: boolean, signal: AbortSignal): Promise<void> {
    try {
      const run = await importInThread(core, order.request, {
        dryRun: isPreview,
        resumes: order.resumes,
        signal,
        onProgress: (progress) => store.dispatch({ type: 'progress', nowMs: performance.now(), progress }),
      });
      store.dispatch({ type: 'end', run });
      if (!isPreview) tellEnd(run.id, run.state === 'completed', run.counts);
    } catch (error) {
      store.dispatch({ type: 'broken', failure: failureText(error) });
    } finally {
      over.abort();
    }
    if (!isPreview) options.onImported(store.get().run?.state === 'completed');
  }

  function tellEnd(id: number, isWhole: boolean, counts: RunCounts): void {
    const users = countOf(written({ counts }), 'user');
    if (isWhole) status.say(`${users} written. Report: mfa-console runs show ${id}`, 'ok');
    else status.say(`${users} written; c continues with the rest.`, 'warning');
  }

  start(order, options.isPreview);
  return {
    get: store.get,
    subscribe: store.subscribe,
    order: () => order,
    start,
    show: (kind) => store.dispatch({ type: 'kind', kind }),
    async stop() {
      const { isPreview, phase } = store.get();
      if (!isPreview && phase === 'running') {
        const text = 'What was written stays, and the rest can be continued later.';
        if ((await overlays.ask(stopQuestion('Import', text), over.signal)) !== confirmed) return false;
      }
      store.dispatch({ type: 'stop' });
      stopping.abort();
      return true;
    },
    close: () => stopping.abort(),
    settled: () => running,
  };
}
