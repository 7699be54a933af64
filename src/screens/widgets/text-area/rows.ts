import { displayText, displayWidth, graphemes } from '../../terminal/display-text.ts';

/** A place in the text: which line, and before which UTF-16 unit of it. */
export interface Place {
  readonly line: number;
  readonly offset: number;
}

/** A part of a line that is drawn in one row. */
export interface Row {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

const plain = /^[\x20-\x7e]*$/;

/** A character as it is drawn: harmless, and a tab in one column. */
export function shownCharacter(character: string): string {
  return character === '\t' ? ' ' : displayText(character);
}

function columnsOf(character: string): number {
  return displayWidth(shownCharacter(character));
}

/** Columns that a piece of a line takes. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  return graphemes(text).reduce((sum, character) => sum + columnsOf(character), 0);
}

/**
 * Where the rows of a line begin, broken after spaces where there are some. One space that has no room any more stays
 * at the end of its row.
 */
export function rowStarts(line: string, width: number): readonly number[] {
  if (line.length <= width && plain.test(line)) return [0];
  const starts = [0];
  let [start, used, offset, afterSpace] = [0, 0, 0, 0];
  for (const character of graphemes(line)) {
    const columns = columnsOf(character);
    const room = character === ' ' ? width + 1 : width;
    if (used + columns > room && offset > start) {
      start = afterSpace > start ? afterSpace : offset;
      starts.push(start);
      used = widthOf(line.slice(start, offset));
    }
    used += columns;
    offset += character.length;
    if (character === ' ') afterSpace = offset;
  }
  return starts;
}

/** The rows of a text, given where those of each line begin. */
export function rowsOf(lines: readonly string[], starts: readonly (readonly number[])[]): readonly Row[] {
  return lines.flatMap((text, line) => {
    const begins = starts[line] ?? [0];
    return begins.map((from, index): Row => ({ line, from, to: begins[index + 1] ?? text.length }));
  });
}

/** The row that a place is in; where one row ends and the next begins, the next. */
export function rowIndexOf(rows: readonly Row[], { line, offset }: Place): number {
  return Math.max(
    0,
    rows.findLastIndex((row) => row.line === line && row.from <= offset),
  );
}

/** The place in a row that is nearest to a column. */
export function placeAt(
  lines: readonly string[],
  rows: readonly Row[],
  index: number,
  column: number,
): Place {
  const { line, from, to } = rows[index] ?? { line: 0, from: 0, to: 0 };
  const characters = graphemes((lines[line] ?? '').slice(from, to));
  const isBroken = rows[index + 1]?.line === line;
  // The end of a row that goes on is the beginning of the next one.
  const reachable = isBroken ? characters.slice(0, -1) : characters;
  let [offset, used] = [from, 0];
  for (const character of reachable) {
    const columns = columnsOf(character);
    if (used + columns > column) break;
    used += columns;
    offset += character.length;
  }
  return { line, offset };
}
