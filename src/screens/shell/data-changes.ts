import { createStore, type Store } from '../store.ts';

/** Whether another process has changed the data since it was last read here. */
export interface DataChanges extends Pick<Store<boolean>, 'get' | 'subscribe'> {
  /** What is shown was read just now. */
  seen(): void;
  stop(): void;
}

/** Asks now and then whether the data has another version, which costs SQLite next to nothing. */
export function watchData(version: () => number, onChange: () => void, everyMs = 1000): DataChanges {
  const isChanged = createStore(false);
  let last = version();
  const timer = setInterval(() => {
    const now = version();
    if (now === last) return;
    last = now;
    isChanged.set(true);
    onChange();
  }, everyMs);
  timer.unref();
  return {
    get: isChanged.get,
    subscribe: isChanged.subscribe,
    seen() {
      // A change that is in what was read, such as that of a thread of our own, is no news any more.
      last = version();
      isChanged.set(false);
    },
    stop: () => clearInterval(timer),
  };
}
