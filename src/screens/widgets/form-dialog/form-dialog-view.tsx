import { useStore } from '../../store.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { Framed } from '../dialog/framed.tsx';
import { formLines, seenFormLines } from '../form/form-lines.ts';
import type { Span } from '../line/spans.ts';
import type { FormDialog } from './form-dialog.ts';

export interface FormDialogViewProps {
  readonly dialog: FormDialog;
  readonly width: number;
  readonly height: number;
}

/** Text, fields and buttons in a frame. */
export function FormDialogView({ dialog, width, height }: FormDialogViewProps) {
  useStore(dialog);
  const { glyphs } = useTheme();
  const { title, text = '', label } = dialog.options;
  const columns = Math.min(width, 72);
  const inner = columns - 4;
  const button = dialog.focusedButton();
  const state = dialog.form.get();
  const shown = button === null ? state : { ...state, focus: '' };
  const words =
    text === '' ? [] : wrapWords(displayText(text), inner).map((line): Span[] => [{ text: line }]);
  const room = Math.max(1, height - words.length - 5);
  const fields = seenFormLines(formLines(shown, inner, glyphs), state.focus, room, glyphs);
  // Whatever has the focus, and with it a line of help, the dialog stays as high as it is.
  const heights = state.fields.map(({ id }) => formLines({ ...state, focus: id }, inner, glyphs).length);
  const rest = Array.from({ length: Math.min(room, Math.max(0, ...heights)) - fields.length }, () => []);
  const buttons = [...buttonSpans(label, button === 'submit'), ...buttonSpans('Cancel', button === 'cancel')];
  const lines = [...words, ...(words.length > 0 ? [[]] : []), ...fields, ...rest, [], buttons];
  return <Framed title={title} lines={lines} width={columns} />;
}

function buttonSpans(label: string, isFocused: boolean): Span[] {
  const text = isFocused ? `> ${label} <` : `  ${label}  `;
  return [{ text, token: isFocused ? 'selection' : 'text' }, { text: '  ' }];
}
