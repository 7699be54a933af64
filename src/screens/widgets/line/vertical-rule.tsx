import { Box } from 'ink';
import { useTheme } from '../../theme/theme.ts';
import { Line } from './line.tsx';

/** A rule between two panes, one column wide. */
export function VerticalRule({ height }: { readonly height: number }) {
  const { vertical } = useTheme().glyphs;
  return (
    <Box width={1} height={height} flexDirection="column">
      {Array.from({ length: height }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={line} content={vertical} width={1} token="border" />
      ))}
    </Box>
  );
}
