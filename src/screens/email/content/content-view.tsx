import { Box } from 'ink';
import type { FactsScroll } from '../../widgets/facts/facts.ts';
import { ScrolledLines } from '../../widgets/facts/scrolled-lines.tsx';
import type { Span } from '../../widgets/line/spans.ts';
import { VerticalRule } from '../../widgets/line/vertical-rule.tsx';
import type { Tree } from '../../widgets/tree/tree.ts';
import { TreeView } from '../../widgets/tree/tree-view.tsx';

export interface ContentViewProps {
  readonly tree: Tree;
  readonly scroll: FactsScroll;
  /** The mail in lines of a width. */
  lines(width: number): readonly (readonly Span[])[];
  readonly isAtTree: boolean;
  readonly width: number;
  readonly height: number;
}

/** The templates at the left, the mail that the one under the cursor makes at the right. */
export function ContentView({ tree, scroll, lines, isAtTree, width, height }: ContentViewProps) {
  const treeWidth = Math.max(32, Math.min(40, Math.floor(width * 0.36)));
  const mailWidth = width - treeWidth - 2;
  return (
    <Box height={height} flexShrink={0}>
      <Box width={treeWidth} height={height} flexDirection="column" overflow="hidden">
        <TreeView tree={tree} width={treeWidth - 1} height={height} isFocused={isAtTree} showsMarks={false} />
      </Box>
      <VerticalRule height={height} />
      <Box width={mailWidth + 1} height={height} paddingLeft={1} overflow="hidden">
        <ScrolledLines lines={lines(mailWidth)} scroll={scroll} width={mailWidth} height={height} />
      </Box>
    </Box>
  );
}
