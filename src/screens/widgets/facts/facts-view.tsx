import { Box } from 'ink';
import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { FactsScroll } from './facts.ts';
import { type Fact, factsLines } from './facts-lines.ts';

export interface FactsViewProps {
  readonly facts: readonly Fact[];
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

/** Facts one below the other, scrolled by lines. */
export function FactsView({ facts, scroll, width, height }: FactsViewProps) {
  const { glyphs } = useTheme();
  const { top } = useStore(scroll);
  const lines = factsLines(facts, width, glyphs.ellipsis);
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
