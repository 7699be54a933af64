import type { Hint } from '../../commands/layers.ts';
import { createStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextKey, textInputAction } from '../../widgets/text-input/keys.ts';
import { reduceTextInput, type TextInputState, textInput } from '../../widgets/text-input/state.ts';

export interface SearchState {
  readonly input: TextInputState;
  /** Letters are text; after Esc they are commands. */
  readonly isEditing: boolean;
}

/** What is searched for: a directory answers slowly, so that Enter asks it and not every letter. */
export interface SearchField extends Pick<Store<SearchState>, 'get' | 'subscribe'> {
  edit(): void;
  leave(): void;
  /** For `Layer.capture`. */
  capture(event: InputEvent): boolean;
  /** For `Layer.takes`. */
  takes(chord: string): boolean;
  /** For `Layer.hints`. */
  hints(): readonly Hint[];
}

const hints: readonly Hint[] = [
  { key: 'Enter', title: 'Search' },
  { key: 'Esc', title: 'Leave field' },
];

export function createSearchField(onSearch: (text: string) => void): SearchField {
  const store = createStore<SearchState>({ input: textInput(), isEditing: true });
  const setEditing = (isEditing: boolean) => store.set({ ...store.get(), isEditing });

  return {
    get: store.get,
    subscribe: store.subscribe,
    edit: () => setEditing(true),
    leave: () => setEditing(false),
    takes: (chord) => store.get().isEditing && (/^(enter|escape)$/.test(chord) || isTextKey(chord)),
    hints: () => (store.get().isEditing ? hints : []),
    capture(event) {
      const { input, isEditing } = store.get();
      if (!isEditing) return false;
      const chord = event.type === 'key' ? event.chord : '';
      if (chord === 'escape') {
        setEditing(false);
        return true;
      }
      if (chord === 'enter') {
        const text = input.value.trim();
        if (text !== '') onSearch(text);
        return true;
      }
      const action = textInputAction(event);
      if (action !== null) store.set({ input: reduceTextInput(input, action), isEditing });
      return action !== null;
    },
  };
}
