import { displayText, wrapWords } from '../../terminal/display-text.ts';
import type { Span } from '../line/spans.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import type { Dialog } from './state.ts';

const scrollKeys = 'Up, Down, PgUp and PgDn scroll, Esc closes.';

/** The inner lines of a dialog of so many columns and at most so many lines. */
export function dialogLines(dialog: Dialog, columns: number, most: number): readonly (readonly Span[])[] {
  const text = wrapText(dialog.text, columns);
  switch (dialog.kind) {
    case 'question':
      return [...text.slice(0, most - 2), [], buttonLine(dialog.buttons, dialog.focused)];
    case 'number': {
      const field = textInputSpans(dialog.input, { width: 12, isFocused: true });
      const ask: Span[] = [{ text: `Type ${dialog.number} to confirm: ` }, ...field];
      return [...text.slice(0, most - 3), [], ask, [{ text: dialog.problem ?? '', token: 'error' }]];
    }
    case 'error': {
      const head = [...text, ...(dialog.advice === '' ? [] : wrapText(dialog.advice, columns))];
      if (!dialog.showsDetails) {
        const keys =
          dialog.details.length > 0 ? 'Enter shows details, any other key closes.' : 'Any key closes.';
        return [...head.slice(0, most - 2), [], [{ text: keys, token: 'dim' }]];
      }
      const room = Math.max(1, most - head.length - 2);
      const details = dialog.details
        .slice(dialog.top, dialog.top + room)
        .map((line): Span[] => [{ text: line }]);
      return [...head, [], ...details, [{ text: scrollKeys, token: 'dim' }]];
    }
    case 'report': {
      const room = Math.max(1, most - text.length - 3);
      const shown = dialog.lines.slice(dialog.top, dialog.top + room).map((line): Span[] => [{ text: line }]);
      const keys = dialog.lines.length > room ? scrollKeys : 'Esc closes.';
      return [...text, [], ...shown, [], [{ text: keys, token: 'dim' }]];
    }
  }
}

function wrapText(text: string, columns: number): Span[][] {
  // Lines are wrapped before a line cuts them, so what is dangerous must go first.
  return text
    .split('\n')
    .flatMap((line) => wrapWords(displayText(line), columns).map((part) => [{ text: part }]));
}

function buttonLine(buttons: readonly { readonly label: string }[], focused: number): Span[] {
  return buttons.flatMap(({ label }, index): Span[] => {
    const isFocused = index === focused;
    const button = isFocused ? `> ${label} <` : `  ${label}  `;
    return [{ text: button, token: isFocused ? 'selection' : 'text' }, { text: '  ' }];
  });
}
