import { displayText, displayWidth, graphemes } from '../../terminal/display-text.ts';
import type { Span } from '../line/spans.ts';
import type { TextInputState } from './state.ts';

export interface TextInputLook {
  /** Columns of the field. */
  readonly width: number;
  readonly isFocused: boolean;
  /** Shown for each character instead of it: passwords. */
  readonly mask?: string | undefined;
  /** Shown while the field is empty and not edited. */
  readonly placeholder?: string | undefined;
}

/** The visible part of a text field: it scrolls sideways so that the cursor stays in sight. */
export function textInputSpans(state: TextInputState, look: TextInputLook): readonly Span[] {
  const { width, isFocused, mask, placeholder = '' } = look;
  if (state.value === '' && !isFocused) return [{ text: placeholder, token: 'dim' }];
  const show = (text: string) => (mask === undefined ? displayText(text) : mask);
  const before = graphemes(state.value.slice(0, state.cursor)).map(show);
  const after = graphemes(state.value.slice(state.cursor)).map(show);
  if (!isFocused) return [{ text: [...before, ...after].join('') }];
  const at = after.shift() ?? ' ';
  let room = width - displayWidth(at);
  const left = takeWhileFits(before.toReversed(), room).toReversed();
  room -= displayWidth(left.join(''));
  const right = takeWhileFits(after, room);
  return [{ text: left.join('') }, { text: at, token: 'selection' }, { text: right.join('') }];
}

function takeWhileFits(characters: readonly string[], columns: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += displayWidth(character);
    return used > columns;
  });
  return end === -1 ? [...characters] : characters.slice(0, end);
}
