import { Box } from 'ink';
import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { Line } from '../line/line.tsx';
import type { Span } from '../line/spans.ts';
import type { FactsScroll } from './facts.ts';

export interface ScrolledLinesProps {
  readonly lines: readonly (readonly Span[])[];
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

/** Lines that may be more than fit. */
export function ScrolledLines({ lines, scroll, width, height }: ScrolledLinesProps) {
  const { top } = useStore(scroll);
  useLayoutEffect(() => {
    const { lines: known, height: before } = scroll.get();
    if (known !== lines.length || before !== height)
      scroll.dispatch({ type: 'measured', lines: lines.length, height });
  }, [scroll, lines.length, height]);
  return (
    <Box flexDirection="column" width={width} height={height}>
      {lines.slice(top, top + height).map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
