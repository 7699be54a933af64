import { displayText, displayWidth, truncate } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';

/** A piece of a line with one meaning. */
export interface Span {
  readonly text: string;
  readonly token?: Token | undefined;
}

/**
 * Makes spans fit into `columns`: what is too long is cut and ends with the ellipsis. With `isFilled` the
 * line takes all columns, so that it covers what is below it. Text from outside is made harmless here.
 */
export function fitSpans(
  spans: readonly Span[],
  columns: number,
  ellipsis: string,
  isFilled = false,
): readonly Span[] {
  const result: Span[] = [];
  const clean = spans.map((span) => ({ ...span, text: displayText(span.text) }));
  let used = 0;
  for (const [index, span] of clean.entries()) {
    const width = displayWidth(span.text);
    const hasMore = clean.slice(index + 1).some(({ text }) => text !== '');
    if (used + width > columns || (used + width === columns && hasMore)) {
      const rest = columns - used;
      const text =
        hasMore && width <= rest
          ? truncate(`${span.text} `, rest, ellipsis)
          : truncate(span.text, rest, ellipsis);
      result.push({ ...span, text });
      used += displayWidth(text);
      break;
    }
    if (span.text !== '') result.push(span);
    used += width;
  }
  if (isFilled && used < columns) {
    // The gap means what the line means, not what its last piece does.
    result.push({ text: ' '.repeat(columns - used) });
  }
  return result;
}

/** The columns that spans take together. */
export function spansWidth(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + displayWidth(displayText(text)), 0);
}

/** Spans with some at the right edge; the left ones give way when there is not enough room. */
export function leftAndRight(
  left: readonly Span[],
  right: readonly Span[],
  columns: number,
  ellipsis: string,
): readonly Span[] {
  const rightSpans = fitSpans(right, Math.max(0, columns - 1), ellipsis);
  const room = columns - spansWidth(rightSpans);
  const leftSpans = fitSpans(left, Math.max(0, room - 1), ellipsis);
  return [...leftSpans, { text: ' '.repeat(Math.max(0, room - spansWidth(leftSpans))) }, ...rightSpans];
}
