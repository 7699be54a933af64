import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Glyphs } from '../../theme/glyphs.ts';
import { seenLines } from '../line/more-lines.ts';
import { type Span, spansWidth } from '../line/spans.ts';
import { textInput } from '../text-input/state.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import { type FieldSpec, optionsOf, shownFields } from './field.ts';
import { type FormState, isFieldChanged } from './state.ts';

export interface FormLine {
  /** The field that the line belongs to. */
  readonly field: string;
  readonly spans: readonly Span[];
}

/** Cursor and mark of change. */
const leadWidth = 3;
const widestLabel = 34;

/** The lines of a form: a field each, and a message under it where there is one. */
export function formLines(state: FormState, width: number, glyphs: Glyphs): readonly FormLine[] {
  const shown = shownFields(state);
  const labelWidth = Math.min(widestLabel, Math.max(0, ...shown.map(({ label }) => label.length)));
  const indent = leadWidth + labelWidth + 2;
  return shown.flatMap((field): FormLine[] => [
    { field: field.id, spans: fieldLine(state, field, labelWidth, width - indent, glyphs) },
    ...messageLines(messageOf(state, field, glyphs), indent, width).map((spans) => ({
      field: field.id,
      spans,
    })),
  ]);
}

/** What fits of them, with the field that has the focus and its message. */
export function seenFormLines(
  lines: readonly FormLine[],
  focus: string,
  height: number,
  glyphs: Glyphs,
): readonly (readonly Span[])[] {
  const at = lines.findIndex(({ field }) => field === focus);
  const all = lines.map(({ spans }) => spans);
  return seenLines(all, at - Math.floor(height / 2), height, glyphs);
}

function fieldLine(
  state: FormState,
  field: FieldSpec,
  labelWidth: number,
  room: number,
  glyphs: Glyphs,
): readonly Span[] {
  const isFocused = field.id === state.focus;
  const isChanged = isFieldChanged(state, field.id);
  const lead = `${isFocused ? glyphs.cursor : ' '}${isChanged ? '*' : ' '} `;
  const label = fitColumns(field.label, labelWidth, glyphs.ellipsis);
  const isLocked = field.lockedBecause !== undefined;
  return [
    { text: lead, token: 'accent' },
    { text: `${label}  `, token: isLocked ? 'disabled' : isFocused ? 'heading' : 'text' },
    ...valueSpans(state, field, room, glyphs).map((span) =>
      isLocked ? { ...span, token: 'disabled' as const } : span,
    ),
  ];
}

function messageLines(message: Span | null, indent: number, width: number): readonly Span[][] {
  if (message === null) return [];
  const texts = wrapWords(displayText(message.text), Math.max(8, width - indent));
  return texts.map((text) => [{ text: ' '.repeat(indent) }, { ...message, text }]);
}

function valueSpans(state: FormState, field: FieldSpec, room: number, glyphs: Glyphs): readonly Span[] {
  const isFocused = field.id === state.focus && state.isEditing;
  const value = state.values[field.id] ?? '';
  if (field.kind === 'toggle') {
    const text = `${value === true ? glyphs.marked : glyphs.unmarked} ${value === true ? 'yes' : 'no'}`;
    return [{ text, token: isFocused ? 'selection' : 'text' }];
  }
  if (field.kind === 'choice') {
    const label = optionsOf(field, state.values).find(({ id }) => id === value)?.label ?? String(value);
    return [{ text: `< ${label} >`, token: isFocused ? 'selection' : 'text' }];
  }
  const width = Math.max(4, Math.min(widestInput(field), room - 2));
  if (field.kind === 'lines') {
    const shown = linesText(String(value)) || (field.placeholder ?? '');
    return [
      { text: '[', token: 'border' },
      { text: fitColumns(displayText(shown), width, glyphs.ellipsis), token: value === '' ? 'dim' : 'text' },
      { text: ']', token: 'border' },
    ];
  }
  const input = field.id === state.focus ? state.input : textInput(String(value));
  const isMasked = field.kind === 'password' && !(state.isRevealed && field.id === state.focus);
  const inner = textInputSpans(input, {
    width,
    isFocused,
    mask: isMasked ? glyphs.mask : undefined,
    placeholder: field.placeholder,
  });
  return [
    { text: '[', token: 'border' },
    ...filled(inner, width, glyphs.ellipsis),
    { text: field.kind === 'number' && field.unit !== undefined ? `] ${field.unit}` : ']', token: 'border' },
  ];
}

/** Its first line, and how many there are. */
function linesText(text: string): string {
  if (text === '') return '';
  const lines = text.split('\n');
  return lines.length === 1 ? text : `${lines.length} lines: ${lines[0] ?? ''}`;
}

function widestInput(field: FieldSpec): number {
  if (field.kind === 'number') return 10;
  if (field.kind === 'lines') return Number.MAX_SAFE_INTEGER;
  return field.kind === 'text' && field.isWide ? Number.MAX_SAFE_INTEGER : 44;
}

function filled(spans: readonly Span[], width: number, ellipsis: string): readonly Span[] {
  if (spans.length === 1) {
    return spans.map((span) => ({ ...span, text: fitColumns(displayText(span.text), width, ellipsis) }));
  }
  return [...spans, { text: ' '.repeat(Math.max(0, width - spansWidth(spans))) }];
}

function messageOf(state: FormState, field: FieldSpec, glyphs: Glyphs): Span | null {
  const problem = state.problems[field.id];
  if (problem !== undefined) return { text: `${glyphs.warning} ${problem}`, token: 'error' };
  if (field.lockedBecause !== undefined) {
    return field.lockedBecause === '' ? null : { text: field.lockedBecause, token: 'dim' };
  }
  if (field.id !== state.focus || field.help === undefined) return null;
  const text = typeof field.help === 'string' ? field.help : field.help(state.values);
  return text === '' ? null : { text, token: 'dim' };
}
