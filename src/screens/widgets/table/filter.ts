import { createStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { textInputAction } from '../text-input/keys.ts';
import { reduceTextInput, type TextInputState, textInput } from '../text-input/state.ts';

export interface FilterState {
  readonly isEditing: boolean;
  readonly input: TextInputState;
}

/** The filter line of a list: filters while it is typed, Enter keeps it, Esc clears it. */
export interface Filter extends Pick<Store<FilterState>, 'get' | 'subscribe'> {
  /** Starts editing, at the end of the present filter. */
  edit(): void;
  /** For `Layer.capture`. Up and Down stay with the list, so that it can be looked through while typing. */
  capture(event: InputEvent): boolean;
}

export function createFilter(initial: string, onChange: (filter: string) => void): Filter {
  const store = createStore<FilterState>({ isEditing: false, input: textInput(initial) });

  function set(isEditing: boolean, input: TextInputState): void {
    const before = store.get().input.value;
    store.set({ isEditing, input });
    if (input.value !== before) onChange(input.value);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    edit: () => set(true, textInput(store.get().input.value)),
    capture(event) {
      const { isEditing, input } = store.get();
      const chord = event.type === 'key' ? event.chord : '';
      if (chord === 'escape' && (isEditing || input.value !== '')) {
        set(false, textInput());
        return true;
      }
      if (!isEditing) return false;
      if (chord === 'enter' || chord === 'tab') {
        set(false, input);
        return true;
      }
      const action = textInputAction(event);
      if (action === null) return false;
      set(true, reduceTextInput(input, action));
      return true;
    },
  };
}
