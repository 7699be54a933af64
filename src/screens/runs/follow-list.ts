import type { Run } from '../../core/runs/run.ts';
import type { Runs } from '../../core/runs/runs.ts';
import { createStore, type Store } from '../store.ts';
import { lookMs } from './follow-run.ts';

/** A list of runs, newest first, in which those that go on are as they are now. */
export interface FollowedList extends Pick<Store<readonly Run[]>, 'get' | 'subscribe'> {
  /** Whether a newer one has begun, which is not in the list. */
  readonly isOld: Pick<Store<boolean>, 'get' | 'subscribe'>;
  /** Reads the whole list again. */
  reread(): void;
  close(): void;
}

/** @param list reads so many of the runs, newest first */
export function followList(
  list: (limit: number) => readonly Run[],
  most: number,
  runs: Pick<Runs, 'find'>,
): FollowedList {
  const listed = createStore(list(most));
  const isOld = createStore(false);

  function look(): void {
    try {
      const before = listed.get();
      isOld.set(list(1)[0]?.id !== before[0]?.id);
      const now = before.map((run) => (run.state === 'running' ? asItIs(run) : run));
      if (now.some((run, index) => run !== before[index])) listed.set(now);
    } catch {
      // What cannot be read now is looked at again soon.
    }
  }

  /** The same object while nothing of it has changed. */
  function asItIs(run: Run): Run {
    const now = runs.find(run.id);
    return JSON.stringify(now) === JSON.stringify(run) ? run : now;
  }

  const timer = setInterval(look, lookMs);
  timer.unref();
  return {
    get: listed.get,
    subscribe: listed.subscribe,
    isOld,
    reread() {
      listed.set(list(most));
      isOld.set(false);
    },
    close: () => clearInterval(timer),
  };
}
