import { bindCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { textInputAction } from '../text-input/keys.ts';
import { dialogAction, dialogCommands } from './keys.ts';
import { type Dialog, type DialogAction, type DialogState, reduceDialog } from './state.ts';

/** A dialog that waits for its answer. */
export interface OpenDialog extends Pick<Store<DialogState>, 'get' | 'subscribe'> {
  readonly layer: Layer;
}

/** Makes a dialog ready for keys. `onAnswer` is called once, with the id of the button or `cancelled`. */
export function openDialog(dialog: Dialog, onAnswer: (answer: string) => void): OpenDialog {
  const store = createReducerStore<DialogState, DialogAction>(reduceDialog, { dialog, answer: null });

  function dispatch(action: DialogAction): void {
    if (store.get().answer !== null) return;
    store.dispatch(action);
    const { answer } = store.get();
    if (answer !== null) onAnswer(answer);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    layer: {
      name: `dialog: ${dialog.title}`,
      isModal: true,
      commands: bindCommands(dialogCommands, store.get, (id) => dispatch(dialogAction(id))),
      capture(event) {
        if (dialog.kind === 'number') {
          const edit = textInputAction(event);
          if (edit !== null) dispatch({ type: 'type', edit });
          return edit !== null;
        }
        // An error stays until a key is pressed: any key that means nothing else here.
        const isMeaningless =
          event.type === 'key' && !dialogCommands.some(({ keys }) => keys.includes(event.chord));
        if (dialog.kind !== 'error' || !isMeaningless) return false;
        dispatch({ type: 'escape' });
        return true;
      },
    },
  };
}
