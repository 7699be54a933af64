import { graphemes } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';
import type { Span } from '../line/spans.ts';
import { type Row, rowIndexOf, shownCharacter } from './rows.ts';
import { rowsOfArea, type TextAreaState } from './state.ts';

export interface TextAreaLook {
  /** Shows the cursor. */
  readonly isFocused: boolean;
  /** Pieces of a line that stand out; needs the flag `g`. */
  readonly highlight?: RegExp | undefined;
  /** Lines that are marked, by number from 1: where something is wrong. */
  readonly markedLine?: number | null | undefined;
  readonly warning: string;
}

/** Columns of the line numbers of a text, with the gap behind them. */
export function gutterWidth({ lines, isOneLine }: TextAreaState): number {
  return isOneLine ? 0 : String(lines.length).length + 2;
}

/** The rows that are seen, each with the number of its line at its first row. */
export function textAreaLines(state: TextAreaState, look: TextAreaLook): readonly (readonly Span[])[] {
  const rows = rowsOfArea(state);
  const cursorRow = rowIndexOf(rows, state.cursor);
  return rows.slice(state.top, state.top + state.height).map((row, index) => {
    const cursor = look.isFocused && state.top + index === cursorRow ? state.cursor.offset : null;
    return [...gutterSpans(state, row, look), ...rowSpans(state.lines[row.line] ?? '', row, cursor, look)];
  });
}

function gutterSpans(state: TextAreaState, { line, from }: Row, look: TextAreaLook): Span[] {
  const width = gutterWidth(state);
  if (width === 0) return [];
  const isMarked = look.markedLine === line + 1 && from === 0;
  const mark = isMarked ? look.warning : ' ';
  const number = from === 0 ? String(line + 1) : '';
  return [{ text: `${mark}${number.padStart(width - 2)} `, token: isMarked ? 'error' : 'dim' }];
}

function rowSpans(text: string, row: Row, cursor: number | null, look: TextAreaLook): Span[] {
  const pieces = tokensOf(text, look.highlight).flatMap(({ from, to, token }): Span[] => {
    const [start, end] = [Math.max(from, row.from), Math.min(to, row.to)];
    return start < end ? cutAtCursor(text, start, end, token, cursor) : [];
  });
  return cursor === row.to ? [...pieces, { text: ' ', token: 'selection' }] : pieces;
}

function cutAtCursor(
  text: string,
  start: number,
  end: number,
  token: Token | undefined,
  cursor: number | null,
): Span[] {
  if (cursor === null || cursor < start || cursor >= end)
    return [{ text: shown(text.slice(start, end)), token }];
  const [at = ''] = graphemes(text.slice(cursor, end));
  return [
    { text: shown(text.slice(start, cursor)), token },
    { text: shown(at), token: 'selection' as const },
    { text: shown(text.slice(cursor + at.length, end)), token },
  ].filter((span) => span.text !== '');
}

function shown(text: string): string {
  return graphemes(text).map(shownCharacter).join('');
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly token: Token | undefined;
}

function tokensOf(text: string, highlight: RegExp | undefined): readonly Piece[] {
  if (highlight === undefined) return [{ from: 0, to: text.length, token: undefined }];
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(highlight)) {
    const to = match.index + match[0].length;
    pieces.push({ from, to: match.index, token: undefined }, { from: match.index, to, token: 'accent' });
    from = to;
  }
  return [...pieces, { from, to: text.length, token: undefined }];
}
