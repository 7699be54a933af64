import { createStore, type Store } from '../../store.ts';

/** What just happened, or why a key does nothing. */
export interface StatusMessage {
  readonly kind: 'info' | 'ok' | 'warning' | 'error';
  readonly text: string;
}

export interface Status extends Pick<Store<StatusMessage | null>, 'get' | 'subscribe'> {
  say(text: string, kind?: StatusMessage['kind']): void;
  /** A message stays until the next key; no clock takes it away while it is being read. */
  clear(): void;
}

export function createStatus(): Status {
  const { get, set, subscribe } = createStore<StatusMessage | null>(null);
  return { get, subscribe, say: (text, kind = 'info') => set({ kind, text }), clear: () => set(null) };
}
