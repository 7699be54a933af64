import type { Hint } from '../../commands/layers.ts';
import { createStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextKey, textInputAction } from '../text-input/keys.ts';
import { reduceTextInput, type TextInputState, textInput } from '../text-input/state.ts';

export interface FilterState {
  readonly isEditing: boolean;
  readonly input: TextInputState;
}

/** The filter line of a list: filters while it is typed, Enter keeps it, Esc clears it. */
export interface Filter extends Pick<Store<FilterState>, 'get' | 'subscribe'> {
  /** Starts editing, at the end of the present filter. */
  edit(): void;
  /** Filters by a text that was not typed here. */
  set(text: string): void;
  /** For `Layer.capture`. Up and Down stay with the list, so that it can be looked through while typing. */
  capture(event: InputEvent): boolean;
  /** For `Layer.takes`. */
  takes(chord: string): boolean;
  /** For `Layer.hints`. */
  hints(): readonly Hint[];
}

const keepHint = { key: 'Enter', title: 'Keep filter' };
const clearHint = { key: 'Esc', title: 'Clear filter' };

export function createFilter(initial: string, onChange: (filter: string) => void): Filter {
  const store = createStore<FilterState>({ isEditing: false, input: textInput(initial) });

  function change(isEditing: boolean, input: TextInputState): void {
    const before = store.get().input.value;
    store.set({ isEditing, input });
    if (input.value !== before) onChange(input.value);
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    set: (text) => change(false, textInput(text)),
    edit: () => change(true, textInput(store.get().input.value)),
    hints() {
      const { isEditing, input } = store.get();
      if (isEditing) return [keepHint, clearHint];
      return input.value === '' ? [] : [clearHint];
    },
    takes: (chord) => store.get().isEditing && (/^(enter|tab|escape)$/.test(chord) || isTextKey(chord)),
    capture(event) {
      const { isEditing, input } = store.get();
      const chord = event.type === 'key' ? event.chord : '';
      if (chord === 'escape' && (isEditing || input.value !== '')) {
        change(false, textInput());
        return true;
      }
      if (!isEditing) return false;
      if (chord === 'enter' || chord === 'tab') {
        change(false, input);
        return true;
      }
      const action = textInputAction(event);
      if (action === null) return false;
      change(true, reduceTextInput(input, action));
      return true;
    },
  };
}
