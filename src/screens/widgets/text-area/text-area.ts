import { createReducerStore, type ReducerStore } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { isTextAreaKey, textAreaAction } from './keys.ts';
import {
  initialTextArea,
  reduceTextArea,
  type TextAreaAction,
  type TextAreaOptions,
  type TextAreaState,
  textOf,
} from './state.ts';

/** A text of one or several lines being edited. Undo and redo are for the commands of its screen. */
export interface TextArea extends ReducerStore<TextAreaState, TextAreaAction> {
  /** Lines are joined by `\n`. */
  text(): string;
  /** For `Layer.capture`. */
  capture(event: InputEvent): boolean;
  /** For `Layer.takes`. */
  takes(chord: string): boolean;
}

export function createTextArea(options: TextAreaOptions): TextArea {
  const { isOneLine = false } = options;
  const store = createReducerStore(reduceTextArea, initialTextArea(options));
  return {
    ...store,
    text: () => textOf(store.get()),
    takes: (chord) => isTextAreaKey(chord, isOneLine),
    capture(event) {
      const action = textAreaAction(event, isOneLine);
      if (action !== null) store.dispatch(action);
      return action !== null;
    },
  };
}
