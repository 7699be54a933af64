import { createStore, type Store } from '../store.ts';

/** Something long that is being done. */
export interface Job {
  readonly title: string;
  readonly abort: AbortController;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
}

/** What is being done now; quitting asks about it. */
export interface Work extends Pick<Store<readonly Job[]>, 'get' | 'subscribe'> {
  run<Result>(title: string, task: (signal: AbortSignal) => Promise<Result>): Promise<Result>;
  /** Tells all jobs to stop, and resolves when they have. */
  stop(): Promise<void>;
}

export function createWork(): Work {
  const jobs = createStore<readonly Job[]>([]);
  return {
    get: jobs.get,
    subscribe: jobs.subscribe,
    async run(title, task) {
      const abort = new AbortController();
      const { promise: ended, resolve } = Promise.withResolvers<void>();
      const job: Job = { title, abort, ended };
      jobs.set([...jobs.get(), job]);
      try {
        return await task(abort.signal);
      } finally {
        jobs.set(jobs.get().filter((other) => other !== job));
        resolve();
      }
    },
    async stop() {
      const running = jobs.get();
      for (const { abort } of running) abort.abort();
      await Promise.all(running.map(({ ended }) => ended));
    },
  };
}
