import { acceptedLines, type Deletion, deletedRange, placeOf, replaceText, type Target } from './edits.ts';
import { type Place, placeAt, type Row, rowIndexOf, rowStarts, rowsOf, widthOf } from './rows.ts';

interface Snapshot {
  readonly lines: readonly string[];
  readonly cursor: Place;
}

/** Text of several lines being edited. Long lines are shown in several rows. */
export interface TextAreaState {
  readonly lines: readonly string[];
  /** Offsets at which the rows of each line begin. */
  readonly starts: readonly (readonly number[])[];
  readonly cursor: Place;
  /** The column that Up and Down aim at; null: the one of the cursor. */
  readonly aim: number | null;
  /** Columns for text; see {@link textWidth}. */
  readonly width: number;
  readonly height: number;
  /** The first row that is seen. */
  readonly top: number;
  readonly isOneLine: boolean;
  /** Characters that the text may have. */
  readonly longest: number;
  readonly undo: readonly Snapshot[];
  readonly redo: readonly Snapshot[];
  /** Typing so far is one step of undo; null: the next key begins one. */
  readonly typing: 'insert' | 'delete' | null;
}

export type TextAreaAction =
  | { readonly type: 'insert'; readonly text: string }
  | { readonly type: 'delete'; readonly what: Deletion }
  | { readonly type: 'move'; readonly to: Target }
  | { readonly type: 'rows'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  /** To a line and a column, both counted from 1. */
  | { readonly type: 'go'; readonly line: number; readonly column: number }
  | { readonly type: 'resize'; readonly width: number; readonly height: number }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

export interface TextAreaOptions {
  readonly text: string;
  /** Ends of lines become spaces. Default false. */
  readonly isOneLine?: boolean;
  readonly longest: number;
}

const mostSteps = 200;

export function initialTextArea({ text, isOneLine = false, longest }: TextAreaOptions): TextAreaState {
  const lines = text.split(/\r\n?|\n/);
  const width = 80;
  return {
    lines,
    starts: lines.map((line) => rowStarts(line, width)),
    cursor: { line: 0, offset: isOneLine ? (lines[0]?.length ?? 0) : 0 },
    aim: null,
    width,
    height: 1,
    top: 0,
    isOneLine,
    longest,
    undo: [],
    redo: [],
    typing: null,
  };
}

/** Columns that text may take in a room: a space that found none stays at the end of its row, and a cursor behind it. */
export function textWidth(room: number): number {
  return Math.max(1, room - 2);
}

export function textOf({ lines }: TextAreaState): string {
  return lines.join('\n');
}

export function rowsOfArea({ lines, starts }: TextAreaState): readonly Row[] {
  return rowsOf(lines, starts);
}

export function reduceTextArea(state: TextAreaState, action: TextAreaAction): TextAreaState {
  switch (action.type) {
    case 'insert':
      return insert(state, acceptedLines(action.text, state.isOneLine));
    case 'delete': {
      const [from, to] = deletedRange(state.lines, state.cursor, action.what);
      if (from.line === to.line && from.offset === to.offset) return state;
      return seen({ ...withStep(state, 'delete'), ...changed(state, from, to, ''), typing: 'delete' });
    }
    case 'move':
      return moved(state, placeOf(state.lines, state.cursor, action.to));
    case 'rows':
      return moveRows(state, action.by);
    case 'page':
      return moveRows(state, action.by * Math.max(1, state.height - 1));
    case 'go':
      return moved(state, placeFor(state, action.line - 1, action.column - 1));
    case 'resize': {
      const { height } = action;
      const width = textWidth(action.width);
      const starts = width === state.width ? state.starts : state.lines.map((line) => rowStarts(line, width));
      return seen({ ...state, width, height: Math.max(1, height), starts, aim: null });
    }
    case 'undo':
      return travel(state, state.undo, 'redo');
    case 'redo':
      return travel(state, state.redo, 'undo');
  }
}

function insert(state: TextAreaState, text: string): TextAreaState {
  const length = state.lines.reduce((sum, line) => sum + line.length + 1, -1);
  const fitting = text.slice(0, Math.max(0, state.longest - length));
  if (fitting === '') return state;
  // A line, and whatever is pasted, is a step of its own.
  const isTyped = Array.from(fitting).length === 1 && fitting !== '\n';
  const before = isTyped ? withStep(state, 'insert') : withStep(state, null);
  const change = changed(state, state.cursor, state.cursor, fitting);
  return seen({ ...before, ...change, typing: isTyped ? 'insert' : null });
}

/** The text with something else between two places; rows of other lines stay as they are. */
function changed({ lines, starts, width }: TextAreaState, from: Place, to: Place, text: string) {
  const { replaced, end } = replaceText(lines, from, to, text);
  const count = to.line - from.line + 1;
  return {
    lines: lines.toSpliced(from.line, count, ...replaced),
    starts: starts.toSpliced(from.line, count, ...replaced.map((line) => rowStarts(line, width))),
    cursor: end,
    aim: null,
  };
}

function withStep(state: TextAreaState, typing: TextAreaState['typing']): TextAreaState {
  if (typing !== null && state.typing === typing) return { ...state, redo: [] };
  const { lines, cursor } = state;
  return { ...state, undo: [...state.undo, { lines, cursor }].slice(-mostSteps), redo: [] };
}

function travel(state: TextAreaState, from: readonly Snapshot[], other: 'undo' | 'redo'): TextAreaState {
  const target = from.at(-1);
  if (target === undefined) return state;
  const { lines, cursor, width } = state;
  const here = { lines, cursor };
  const stacks =
    other === 'redo'
      ? { undo: from.slice(0, -1), redo: [...state.redo, here] }
      : { redo: from.slice(0, -1), undo: [...state.undo, here] };
  const starts = target.lines.map((line) => rowStarts(line, width));
  return seen({ ...state, ...stacks, ...target, starts, aim: null, typing: null });
}

function moved(state: TextAreaState, cursor: Place): TextAreaState {
  return seen({ ...state, cursor, aim: null, typing: null });
}

function moveRows(state: TextAreaState, by: number): TextAreaState {
  const rows = rowsOfArea(state);
  const index = rowIndexOf(rows, state.cursor);
  const target = Math.max(0, Math.min(index + by, rows.length - 1));
  if (target === index) return state;
  const from = rows[index]?.from ?? 0;
  const text = state.lines[state.cursor.line] ?? '';
  const aim = state.aim ?? widthOf(text.slice(from, state.cursor.offset));
  return seen({ ...state, cursor: placeAt(state.lines, rows, target, aim), aim, typing: null });
}

function placeFor({ lines }: TextAreaState, line: number, offset: number): Place {
  const at = Math.max(0, Math.min(line, lines.length - 1));
  return { line: at, offset: Math.max(0, Math.min(offset, lines[at]?.length ?? 0)) };
}

/** Scrolls so that the row of the cursor is seen. */
function seen(state: TextAreaState): TextAreaState {
  const rows = rowsOfArea(state);
  const at = rowIndexOf(rows, state.cursor);
  const highest = Math.max(0, rows.length - state.height);
  const top = Math.max(0, Math.min(state.top, at, highest), at - state.height + 1);
  return top === state.top ? state : { ...state, top };
}
