import { bindCommands, defineCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { initialProgress, type ProgressAction, type ProgressState, reduceProgress } from './state.ts';

export const progressCommands = defineCommands<unknown, 'progress.stop'>([
  {
    id: 'progress.stop',
    title: 'Stop after the present batch',
    keys: ['escape', 'q', 'ctrl+c'],
    scope: 'Progress',
    hint: 'Stop',
    isHiddenInPalette: true,
  },
]);

/** A bar over a screen while something long is done. */
export interface ProgressDialog extends Pick<Store<ProgressState>, 'get' | 'subscribe'> {
  readonly title: string;
  readonly layer: Layer;
  advance(done: number, current: string, total?: number): void;
}

/** @param nowMs any clock in milliseconds that only goes forward */
export function createProgressDialog(
  title: string,
  total: number | null,
  onStop: () => void,
  nowMs: () => number = () => performance.now(),
): ProgressDialog {
  const store = createReducerStore<ProgressState, ProgressAction>(reduceProgress, {
    ...initialProgress(nowMs()),
    total,
  });
  return {
    title,
    get: store.get,
    subscribe: store.subscribe,
    layer: { name: 'progress', isModal: true, commands: bindCommands(progressCommands, store.get, onStop) },
    advance(done, current, newTotal) {
      const action = { type: 'advanced' as const, nowMs: nowMs(), done, current };
      store.dispatch(newTotal === undefined ? action : { ...action, total: newTotal });
    },
  };
}
