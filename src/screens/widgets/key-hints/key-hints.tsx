import type { Hint } from '../../commands/layers.ts';
import { Line } from '../line/line.tsx';
import type { Span } from '../line/spans.ts';

/** The last line of the screen: as many hints as fit whole, the most important first. */
export function KeyHints({ hints, width }: { readonly hints: readonly Hint[]; readonly width: number }) {
  const spans = hintsThatFit(hints, width - 1).flatMap(({ key, title }, index): Span[] => [
    { text: index === 0 ? ' ' : '  ' },
    { text: key, token: 'accent' },
    { text: ` ${title}`, token: 'dim' },
  ]);
  return <Line content={spans} width={width} />;
}

/** Leaves out hints from the end; Help and Quit, the last two, give way after all others. */
export function hintsThatFit(hints: readonly Hint[], columns: number): readonly Hint[] {
  const widthOf = (some: readonly Hint[]) =>
    some.reduce((sum, { key, title }) => sum + key.length + title.length + 3, -1);
  const fitting = [...hints];
  while (fitting.length > 0 && widthOf(fitting) > columns) {
    fitting.splice(fitting.length > 2 ? fitting.length - 3 : fitting.length - 1, 1);
  }
  return fitting;
}
