import { useTheme } from '../../theme/theme.ts';
import { Line } from './line.tsx';

/** A horizontal rule, with a title in it when there is one. */
export function Rule({ width, title }: { readonly width: number; readonly title?: string }) {
  const { horizontal } = useTheme().glyphs;
  if (title === undefined) return <Line content={horizontal.repeat(width)} width={width} token="border" />;
  const spans = [
    { text: horizontal.repeat(2), token: 'border' as const },
    { text: ` ${title} `, token: 'heading' as const },
    { text: horizontal.repeat(width), token: 'border' as const },
  ];
  return <Line content={cutAt(spans, width)} width={width} />;
}

/** Rules end at the edge without an ellipsis. */
function cutAt<S extends { readonly text: string }>(spans: readonly S[], width: number): readonly S[] {
  const used = spans.slice(0, -1).reduce((sum, { text }) => sum + text.length, 0);
  return spans.map((span, index) =>
    index === spans.length - 1 ? { ...span, text: span.text.slice(0, Math.max(0, width - used)) } : span,
  );
}
