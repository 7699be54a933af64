import { Text, type TextProps } from 'ink';
import { memo } from 'react';
import type { Style, Token } from '../../theme/style.ts';
import { useTheme } from '../../theme/theme.ts';
import { fitSpans, type Span } from './spans.ts';

export interface LineProps {
  /** A text, or pieces of it with a meaning each. */
  readonly content: string | readonly Span[];
  /** Columns; the line never takes more. */
  readonly width: number;
  /** What the whole line means where its spans do not say it. Default `text`. */
  readonly token?: Token | undefined;
  /** Takes all columns: for selected lines, and for lines over others. */
  readonly isFilled?: boolean | undefined;
}

/** One line of the screen: exactly one row, cut at its width, harmless whatever it contains. */
export const Line = memo(function Line({ content, width, token = 'text', isFilled = false }: LineProps) {
  const { styles, glyphs } = useTheme();
  const given = typeof content === 'string' ? [{ text: content }] : content;
  const spans = fitSpans(given, width, glyphs.ellipsis, isFilled);
  const [only] = spans;
  // Ink leaves out an empty text, and the line below would move up.
  if (only === undefined) return <Text> </Text>;
  if (spans.length === 1) {
    return (
      <Text {...styleProps(styles[only.token ?? token])} wrap="truncate">
        {only.text}
      </Text>
    );
  }
  return (
    <Text wrap="truncate">
      {spans.map((span, index) => {
        const style = styles[span.token ?? token];
        if (Object.keys(style).length === 0) return span.text;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the place of a span is all that it is known by.
          <Text key={index} {...styleProps(style)}>
            {span.text}
          </Text>
        );
      })}
    </Text>
  );
});

/** Ink's properties for a style. */
export function styleProps(style: Style): TextProps {
  return {
    ...(style.colour && { color: style.colour }),
    ...(style.isBold && { bold: true }),
    ...(style.isDim && { dimColor: true }),
    ...(style.isInverse && { inverse: true }),
    ...(style.isUnderlined && { underline: true }),
  };
}
