import { Box } from 'ink';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { fitSpans, type Span, spansWidth } from '../line/spans.ts';

export interface FramedProps {
  readonly title: string;
  readonly lines: readonly (readonly Span[])[];
  /** Columns with the border. */
  readonly width: number;
  readonly isError?: boolean;
}

/** Lines in a border with a title; covers whatever is below it. */
export function Framed({ title, lines, width, isError = false }: FramedProps) {
  const { glyphs } = useTheme();
  const inner = width - 4;
  const border = isError ? 'error' : 'border';
  const [name] = fitSpans([{ text: title }], inner - 2, glyphs.ellipsis);
  const heading = ` ${name?.text ?? ''} `;
  const rest = glyphs.horizontal.repeat(width);
  return (
    <Box flexDirection="column" width={width}>
      <Line
        content={[
          { text: glyphs.topLeft + glyphs.horizontal, token: border },
          { text: heading, token: isError ? 'error' : 'heading' },
          {
            text: `${rest.slice(0, Math.max(0, width - 3 - spansWidth([{ text: heading }])))}${glyphs.topRight}`,
            token: border,
          },
        ]}
        width={width}
      />
      {lines.map((line, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
          key={index}
          content={[
            { text: `${glyphs.vertical} `, token: border },
            ...fitSpans([...line, { text: '' }], inner, glyphs.ellipsis, true),
            { text: ` ${glyphs.vertical}`, token: border },
          ]}
          width={width}
        />
      ))}
      <Line
        content={`${glyphs.bottomLeft}${rest.slice(0, width - 2)}${glyphs.bottomRight}`}
        width={width}
        token={border}
      />
    </Box>
  );
}
