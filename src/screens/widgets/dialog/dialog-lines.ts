import { displayText, wrapWords } from '../../terminal/display-text.ts';
import type { Span } from '../line/spans.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import type { Dialog } from './state.ts';

type Lines = readonly (readonly Span[])[];

export interface DialogLines {
  /** At most as many as there is room for. */
  readonly fixed: Lines;
  /** Below them, what may be more than fits; empty where there is nothing of the kind. */
  readonly scrolled: Lines;
}

/** The inner lines of a dialog of so many columns and at most so many lines. */
export function dialogLines(dialog: Dialog, columns: number, most: number): DialogLines {
  const text = wrapText(dialog.text, columns);
  switch (dialog.kind) {
    case 'question':
      return only([...text.slice(0, most - 2), [], buttonLine(dialog.buttons, dialog.focused)]);
    case 'number': {
      const field = textInputSpans(dialog.input, { width: 12, isFocused: true });
      const ask: Span[] = [{ text: `Type ${dialog.number} to confirm: ` }, ...field];
      return only([...text.slice(0, most - 3), [], ask, [{ text: dialog.problem ?? '', token: 'error' }]]);
    }
    case 'error': {
      const head = [...text, ...(dialog.advice === '' ? [] : wrapText(dialog.advice, columns))];
      if (!dialog.showsDetails) return only(head.slice(0, most));
      return { fixed: [...head, []], scrolled: dialog.details.flatMap((line) => wrapText(line, columns)) };
    }
    case 'report':
      return { fixed: [...text, []], scrolled: dialog.lines.flatMap((line) => wrapText(line, columns)) };
  }
}

function only(fixed: Lines): DialogLines {
  return { fixed, scrolled: [] };
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
