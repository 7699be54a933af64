import { graphemes } from '../../terminal/display-text.ts';
import type { Place } from './rows.ts';

/** What a key deletes. */
export type Deletion = 'before' | 'after' | 'wordBefore' | 'toStart' | 'toEnd';

/** Where a key goes that does not depend on how lines are broken into rows. */
export type Target = 'left' | 'right' | 'wordLeft' | 'wordRight' | 'start' | 'end' | 'textStart' | 'textEnd';

/** Text as it is taken in: line ends as `\n`, tabs as spaces, and no other control or invisible character. */
export function acceptedLines(text: string, isOneLine: boolean): string {
  const clean = text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, '    ')
    .replace(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g, '');
  return isOneLine ? clean.replace(/\n+$/, '').replace(/\n+/g, ' ') : clean;
}

/** Lines with a text in the place of what stood between two places, and the place after it. */
export function replaceText(
  lines: readonly string[],
  from: Place,
  to: Place,
  text: string,
): { readonly replaced: readonly string[]; readonly end: Place } {
  const before = (lines[from.line] ?? '').slice(0, from.offset);
  const after = (lines[to.line] ?? '').slice(to.offset);
  const inserted = text.split('\n');
  const last = inserted.length - 1;
  const replaced = inserted.map((line, index) => {
    return `${index === 0 ? before : ''}${line}${index === last ? after : ''}`;
  });
  const lastLength = inserted[last]?.length ?? 0;
  const end = { line: from.line + last, offset: last === 0 ? before.length + lastLength : lastLength };
  return { replaced, end };
}

export function placeOf(lines: readonly string[], { line, offset }: Place, to: Target): Place {
  const text = lines[line] ?? '';
  const before = text.slice(0, offset);
  const after = text.slice(offset);
  switch (to) {
    case 'left':
      if (offset === 0) return endOfLine(lines, line - 1) ?? { line, offset };
      return { line, offset: offset - (graphemes(before).at(-1)?.length ?? 0) };
    case 'right':
      if (after === '') return line + 1 < lines.length ? { line: line + 1, offset: 0 } : { line, offset };
      return { line, offset: offset + (graphemes(after)[0]?.length ?? 0) };
    case 'wordLeft': {
      const start = before.search(/\S+\s*$/);
      if (start === -1 && offset === 0) return endOfLine(lines, line - 1) ?? { line, offset };
      return { line, offset: Math.max(0, start) };
    }
    case 'wordRight':
      if (after === '') return line + 1 < lines.length ? { line: line + 1, offset: 0 } : { line, offset };
      return { line, offset: offset + (/^\s*\S*/.exec(after)?.[0].length ?? 0) };
    case 'start':
      return { line, offset: 0 };
    case 'end':
      return { line, offset: text.length };
    case 'textStart':
      return { line: 0, offset: 0 };
    case 'textEnd':
      return endOfLine(lines, lines.length - 1) ?? { line, offset };
  }
}

/** From where to where a key deletes. At the edge of a line it joins two of them. */
export function deletedRange(
  lines: readonly string[],
  cursor: Place,
  what: Deletion,
): readonly [from: Place, to: Place] {
  const { line, offset } = cursor;
  switch (what) {
    case 'before':
      return [placeOf(lines, cursor, 'left'), cursor];
    case 'after':
      return [cursor, placeOf(lines, cursor, 'right')];
    case 'wordBefore':
      return [placeOf(lines, cursor, 'wordLeft'), cursor];
    case 'toStart':
      return [offset === 0 ? placeOf(lines, cursor, 'left') : { line, offset: 0 }, cursor];
    case 'toEnd': {
      const end = placeOf(lines, cursor, 'end');
      return [cursor, end.offset === offset ? placeOf(lines, cursor, 'right') : end];
    }
  }
}

function endOfLine(lines: readonly string[], line: number): Place | undefined {
  const text = lines[line];
  return text === undefined ? undefined : { line, offset: text.length };
}
