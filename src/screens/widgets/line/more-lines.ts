import type { Glyphs } from '../../theme/glyphs.ts';
import type { Span } from './spans.ts';

/** Less room is left to the lines themselves. */
const leastHeight = 4;

/** What fits of lines from `top` on; where some are above or below, the first or last line says how many. */
export function seenLines(
  all: readonly (readonly Span[])[],
  top: number,
  height: number,
  { ellipsis }: Pick<Glyphs, 'ellipsis'>,
): readonly (readonly Span[])[] {
  const start = Math.max(0, Math.min(top, all.length - height));
  const seen = all.slice(start, start + height);
  if (height < leastHeight) return seen;
  const below = all.length - start - height;
  const mark = (count: number, where: string): readonly Span[] => [
    { text: `   ${ellipsis} ${count} more ${where}`, token: 'dim' },
  ];
  return [
    ...(start > 0 ? [mark(start + 1, 'above')] : []),
    ...seen.slice(start > 0 ? 1 : 0, below > 0 ? -1 : undefined),
    ...(below > 0 ? [mark(below + 1, 'below')] : []),
  ];
}
