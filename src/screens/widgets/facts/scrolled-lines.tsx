import { Box } from 'ink';
import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { seenLines } from '../line/more-lines.ts';
import type { Span } from '../line/spans.ts';
import type { FactsScroll } from './facts.ts';

export interface ScrolledLinesProps {
  readonly lines: readonly (readonly Span[])[];
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

/** Lines that may be more than fit: how many are out of sight is told where they begin. */
export function ScrolledLines({ lines, scroll, width, height }: ScrolledLinesProps) {
  return (
    <Box flexDirection="column" width={width} height={height}>
      {useSeenLines(lines, scroll, height).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}

/** What is seen of them; tells the scroll how many there are. */
export function useSeenLines(
  lines: readonly (readonly Span[])[],
  scroll: FactsScroll,
  height: number,
): readonly (readonly Span[])[] {
  const { top } = useStore(scroll);
  const { glyphs } = useTheme();
  useLayoutEffect(() => {
    const { lines: known, height: before } = scroll.get();
    if (known !== lines.length || before !== height)
      scroll.dispatch({ type: 'measured', lines: lines.length, height });
  }, [scroll, lines.length, height]);
  return seenLines(lines, top, height, glyphs);
}
