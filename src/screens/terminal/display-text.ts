import stringWidth from 'string-width';
import { plainText } from '../../core/plain-text.ts';
import { segmenter } from './graphemes.ts';

/** One column each, whatever the terminal: Latin, Greek and Cyrillic letters, our own lines and blocks. */
const narrow =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u024f\u0391-\u03a1\u03a3-\u03c9\u0410-\u044f\u2026\u2500-\u2593]*$/;
/** No list shows more of one name; measuring more would cost time on every key. */
const longestShown = 512;
const mostMarks = 3;

/** Pictures, flags and their joiners: terminals disagree about their width, so none of them is drawn. */
const disputed = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u200c|\u200d|[\ufe00-\ufe0f]|\u20e3/u;
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}]/u;
const marks = /\p{M}/gu;

/**
 * Text from outside as it may be drawn in one line: no control characters, nothing that turns the direction,
 * no character whose width a terminal could see otherwise, no pile of accents, and at most 512 characters.
 */
export function displayText(text: string): string {
  const short = text.length > longestShown ? text.slice(0, longestShown) : text;
  if (narrow.test(short)) return short;
  let result = '';
  for (const { segment } of segmenter.segment(plainText(short))) result += displayGrapheme(segment);
  return result;
}

function displayGrapheme(grapheme: string): string {
  if (narrow.test(grapheme)) return grapheme;
  if (disputed.test(grapheme) || invisible.test(grapheme)) return '\u{fffd}';
  let count = 0;
  const tamed = grapheme.replace(marks, (mark) => (++count > mostMarks ? '' : mark));
  return stringWidth(tamed) === 0 ? '\u{fffd}' : tamed;
}

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  return narrow.test(text) ? text.length : stringWidth(text);
}

/**
 * Shortens a text to at most `columns`, ending it with `ellipsis` (one column) when something was left out.
 * Never cuts through a character and its accents.
 */
export function truncate(text: string, columns: number, ellipsis: string): string {
  if (columns <= 0) return '';
  if (displayWidth(text) <= columns) return text;
  if (columns === 1) return ellipsis;
  return takeColumns(text, columns - 1) + ellipsis;
}

/** The beginning of a text that fits into `columns`. */
export function takeColumns(text: string, columns: number): string {
  if (narrow.test(text)) return text.slice(0, Math.max(0, columns));
  let result = '';
  let used = 0;
  for (const { segment } of segmenter.segment(text)) {
    const width = displayWidth(segment);
    if (used + width > columns) break;
    result += segment;
    used += width;
  }
  return result;
}

/** Shortens or fills a text so that it takes exactly `columns`. */
export function fitColumns(
  text: string,
  columns: number,
  ellipsis: string,
  align: 'left' | 'right' = 'left',
): string {
  const short = truncate(text, columns, ellipsis);
  const gap = ' '.repeat(Math.max(0, columns - displayWidth(short)));
  return align === 'left' ? short + gap : gap + short;
}

/** The characters of a text as people count them. */
export function graphemes(text: string): string[] {
  if (narrow.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Breaks a text into lines of at most `columns`, at spaces where there are some. */
export function wrapWords(text: string, columns: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const joined = line === '' ? word : `${line} ${word}`;
      if (displayWidth(joined) <= columns) {
        line = joined;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      while (displayWidth(line) > columns && columns > 0) {
        // A column too narrow for a wide character must not loop for ever.
        const head = takeColumns(line, columns) || (graphemes(line)[0] ?? '');
        if (head.length === line.length) break;
        lines.push(head);
        line = line.slice(head.length);
      }
    }
    lines.push(line);
  }
  return lines;
}
