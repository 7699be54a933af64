import { useTheme } from '../../theme/theme.ts';
import type { FactsScroll } from './facts.ts';
import { type Fact, factsLines } from './facts-lines.ts';
import { ScrolledLines } from './scrolled-lines.tsx';

export interface FactsViewProps {
  readonly facts: readonly Fact[];
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

/** Facts one below the other, scrolled by lines. */
export function FactsView({ facts, scroll, width, height }: FactsViewProps) {
  const { glyphs } = useTheme();
  const lines = factsLines(facts, width, glyphs.ellipsis);
  return <ScrolledLines lines={lines} scroll={scroll} width={width} height={height} />;
}
