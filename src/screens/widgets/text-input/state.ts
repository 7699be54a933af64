import { graphemes } from '../../terminal/display-text.ts';

/** One line of text that is being edited. */
export interface TextInputState {
  readonly value: string;
  /** Where the next character goes, in UTF-16 units, always between two characters as people count them. */
  readonly cursor: number;
}

export type TextInputAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'move'; readonly to: 'left' | 'right' | 'wordLeft' | 'wordRight' | 'start' | 'end' }
  | {
      readonly type: 'delete';
      readonly what: 'before' | 'after' | 'wordBefore' | 'toStart' | 'toEnd';
    };

/** No field of the product is longer. */
export const longestInput = 4096;

export function textInput(value = ''): TextInputState {
  return { value, cursor: value.length };
}

export function reduceTextInput(state: TextInputState, action: TextInputAction): TextInputState {
  const { value, cursor } = state;
  switch (action.type) {
    case 'insert': {
      const text = singleLine(action.text).slice(0, Math.max(0, longestInput - value.length));
      return text === ''
        ? state
        : { value: value.slice(0, cursor) + text + value.slice(cursor), cursor: cursor + text.length };
    }
    case 'move': {
      const to = offsetOf(state, action.to);
      return to === cursor ? state : { value, cursor: to };
    }
    case 'delete': {
      const [from, to] = deletedRange(state, action.what);
      return from === to ? state : { value: value.slice(0, from) + value.slice(to), cursor: from };
    }
  }
}

/** Pasted lines become one: a line break must never act as Enter, and no control character gets in. */
function singleLine(text: string): string {
  return text
    .replace(/\n+$/, '')
    .replace(/[\n\t]+/g, ' ')
    .replace(/[\0-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
}

type Place = Extract<TextInputAction, { type: 'move' }>['to'];

function offsetOf({ value, cursor }: TextInputState, place: Place): number {
  switch (place) {
    case 'left':
      return cursor - (graphemes(value.slice(0, cursor)).at(-1)?.length ?? 0);
    case 'right':
      return cursor + (graphemes(value.slice(cursor))[0]?.length ?? 0);
    case 'wordLeft':
      return value.slice(0, cursor).search(/\S+\s*$/) === -1 ? 0 : value.slice(0, cursor).search(/\S+\s*$/);
    case 'wordRight':
      return cursor + (/^\s*\S*/.exec(value.slice(cursor))?.[0].length ?? 0);
    case 'start':
      return 0;
    case 'end':
      return value.length;
  }
}

function deletedRange(
  state: TextInputState,
  what: Extract<TextInputAction, { type: 'delete' }>['what'],
): readonly [from: number, to: number] {
  const { cursor } = state;
  switch (what) {
    case 'before':
      return [offsetOf(state, 'left'), cursor];
    case 'after':
      return [cursor, offsetOf(state, 'right')];
    case 'wordBefore':
      return [offsetOf(state, 'wordLeft'), cursor];
    case 'toStart':
      return [0, cursor];
    case 'toEnd':
      return [cursor, state.value.length];
  }
}
