import { useSyncExternalStore } from 'react';

/**
 * State outside React. Several keys may arrive before one frame is drawn: each must see what the one before
 * it has done, which state that only changes with a rendering cannot give.
 */
export interface Store<State> {
  get(): State;
  set(state: State): void;
  /** Calls the listener after each change; returns what ends that. */
  subscribe(listener: () => void): () => void;
}

/** A store whose state changes by actions. */
export interface ReducerStore<State, Action> extends Store<State> {
  dispatch(action: Action): void;
}

export function createStore<State>(initial: State): Store<State> {
  let state = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => state,
    set(next) {
      if (Object.is(next, state)) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function createReducerStore<State, Action>(
  reduce: (state: State, action: Action) => State,
  initial: State,
): ReducerStore<State, Action> {
  const store = createStore(initial);
  return { ...store, dispatch: (action) => store.set(reduce(store.get(), action)) };
}

/** Several stores as one, for those who only must know that something has changed. */
export function combineStores(
  ...stores: readonly Pick<Store<unknown>, 'get' | 'subscribe'>[]
): Pick<Store<readonly unknown[]>, 'get' | 'subscribe'> {
  let last: readonly unknown[] = [];
  return {
    get() {
      const now = stores.map((store) => store.get());
      if (now.length !== last.length || now.some((state, index) => !Object.is(state, last[index])))
        last = now;
      return last;
    },
    subscribe(listener) {
      const ends = stores.map((store) => store.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** Draws the component again whenever the store changes. */
export function useStore<State>(store: Pick<Store<State>, 'get' | 'subscribe'>): State {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
