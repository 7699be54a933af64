import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import type { Layer } from '../../commands/layers.ts';
import { combineStores, createReducerStore, type Store } from '../../store.ts';
import { createFactsScroll, type FactsScroll } from '../facts/facts.ts';
import { textInputAction } from '../text-input/keys.ts';
import { closeCommands, detailsCommands, dialogAction, dialogCommands } from './keys.ts';
import { type Dialog, type DialogAction, type DialogState, reduceDialog } from './state.ts';

/** A dialog that waits for its answer. */
export interface OpenDialog extends Pick<Store<unknown>, 'get' | 'subscribe'> {
  dialog(): Dialog;
  /** Where the lines of a report, or the details of an error, are scrolled to. */
  readonly scroll: FactsScroll;
  readonly layer: Layer;
}

/** Makes a dialog ready for keys. `onAnswer` is called once, with the id of the button or `cancelled`. */
export function openDialog(dialog: Dialog, onAnswer: (answer: string) => void): OpenDialog {
  const store = createReducerStore<DialogState, DialogAction>(reduceDialog, { dialog, answer: null });
  const scroll = createFactsScroll();

  function dispatch(action: DialogAction): void {
    if (store.get().answer !== null) return;
    store.dispatch(action);
    const { answer } = store.get();
    if (answer !== null) onAnswer(answer);
  }

  const bind = (table: typeof dialogCommands) =>
    bindCommands(table, store.get, (id) => dispatch(dialogAction(id)));
  const asking = bind(dialogCommands);
  const closing = bind(closeCommands);
  const reading = [...scroll.commands, ...closing];
  const toDetails = [...bind(detailsCommands), ...closing];

  function commands(): readonly BoundCommand[] {
    const { dialog: now } = store.get();
    if (now.kind === 'report') return reading;
    if (now.kind !== 'error') return asking;
    if (now.showsDetails) return reading;
    return now.details.length > 0 ? toDetails : closing;
  }

  return {
    ...combineStores(store, scroll),
    dialog: () => store.get().dialog,
    scroll,
    layer: {
      name: `dialog: ${dialog.title}`,
      isModal: true,
      get commands() {
        return commands();
      },
      capture(event) {
        if (dialog.kind === 'number') {
          const edit = textInputAction(event);
          if (edit !== null) dispatch({ type: 'type', edit });
          return edit !== null;
        }
        // An error stays until a key is pressed: any key that means nothing else here.
        const isMeaningless =
          event.type === 'key' && !commands().some(({ command }) => command.keys.includes(event.chord));
        if (dialog.kind !== 'error' || !isMeaningless) return false;
        dispatch({ type: 'escape' });
        return true;
      },
    },
  };
}
