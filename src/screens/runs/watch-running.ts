import { countText } from '../../core/count-text.ts';
import { changeCounts } from '../../core/runs/change-counts.ts';
import type { Run } from '../../core/runs/run.ts';
import type { Runs } from '../../core/runs/runs.ts';
import { createStore, type Store } from '../store.ts';
import { lookMs } from './follow-run.ts';

/** The run that writes just now, in whatever process; null while there is none. */
export interface RunningRun extends Pick<Store<Run | null>, 'get' | 'subscribe'> {
  close(): void;
}

/**
 * Looks regularly whether a run is going on and how far it is, which costs one look into an index.
 * @param onEnd called when one has ended, because what is shown of users is another now
 */
export function watchRunning(runs: Pick<Runs, 'running'>, onEnd: () => void): RunningRun {
  const store = createStore<Run | null>(null);
  look();
  const timer = setInterval(look, lookMs);
  timer.unref();

  function look(): void {
    const before = store.get();
    let now: Run | null;
    try {
      now = runs.running();
    } catch {
      // What cannot be read now is looked at again soon; the screen that needs the data says what is wrong with it.
      return;
    }
    store.set(now);
    if (before !== null && before.id !== now?.id) onEnd();
  }

  return { get: store.get, subscribe: store.subscribe, close: () => clearInterval(timer) };
}

/** "Run 119 by admin@srv: 61,000 read, 12 updated, 8 s" */
export function runningText({ id, startedAt, startedBy, counts }: Run, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(startedAt)) / 1000));
  const parts = [`${countText(counts.read)} read`, ...changeCounts(counts), `${countText(seconds)} s`];
  return `Run ${id} by ${startedBy}: ${parts.join(', ')}`;
}
