import { Box } from 'ink';
import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import type { Glyphs } from '../../theme/glyphs.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { fitSpans, leftAndRight, type Span, spansWidth } from '../line/spans.ts';
import { parentOf, type TreeRow, type TreeState } from './state.ts';
import type { Tree } from './tree.ts';
import { markStateOf } from './tree-marks.ts';

export interface TreeViewProps {
  readonly tree: Tree;
  readonly width: number;
  readonly height: number;
  /** Default true. */
  readonly isFocused?: boolean;
  /** Shows `[ ]`, `[x]` and `[-]`. Default true. */
  readonly showsMarks?: boolean;
}

/** A count must be readable, and a reason may not cover the name of its node. */
const leastRight = 12;

/** Draws the nodes that are seen, one line each. */
export function TreeView({ tree, width, height, isFocused = true, showsMarks = true }: TreeViewProps) {
  const state = useStore(tree);
  const { glyphs } = useTheme();
  useLayoutEffect(() => {
    if (tree.get().height !== height) tree.dispatch({ type: 'resize', height });
  }, [tree, height]);
  const roots = state.children.get(null);
  if (!Array.isArray(roots) || roots.length === 0) return <Notice roots={roots} width={width} />;
  return (
    <Box flexDirection="column" width={width} height={height}>
      {state.rows.slice(state.top, state.top + height).map((row) => {
        const isCursor = row.id === state.cursor;
        const isSelected = isCursor && isFocused;
        const left = rowSpans(state, row, glyphs, showsMarks);
        const room = Math.max(leastRight, width - 3 - spansWidth(left));
        const right = fitSpans(rightSpans(state, row), room, glyphs.ellipsis);
        const spans = leftAndRight(left, right, width - 2, glyphs.ellipsis);
        return (
          <Line
            key={row.id}
            content={[
              { text: isCursor ? `${glyphs.cursor} ` : '  ' },
              ...(isSelected ? spans.map(plain) : spans),
            ]}
            width={width}
            token={isSelected ? 'selection' : 'text'}
            isFilled={isSelected}
          />
        );
      })}
    </Box>
  );
}

function plain({ text }: Span): Span {
  return { text };
}

function rowSpans(state: TreeState, { id, depth }: TreeRow, glyphs: Glyphs, showsMarks: boolean): Span[] {
  const node = state.nodes.get(id);
  if (node === undefined) return [];
  const arrow = state.expanded.has(id) ? glyphs.expanded : glyphs.collapsed;
  const fold = node.hasChildren ? `${arrow} ` : '  ';
  const mark = node.lockedBecause === undefined ? markGlyph(state, id, glyphs) : ' - ';
  return [
    { text: '  '.repeat(depth) + fold + (showsMarks ? `${mark} ` : '') },
    { text: node.label, token: node.lockedBecause === undefined ? 'text' : 'disabled' },
  ];
}

function markGlyph(state: TreeState, id: string, glyphs: Glyphs): string {
  const mark = markStateOf(state.marks, parentOf(state), id);
  if (mark === 'on') return glyphs.marked;
  return mark === 'off' ? glyphs.unmarked : glyphs.partlyMarked;
}

/** The count of a node, or how loading its children goes. */
function rightSpans(state: TreeState, { id }: TreeRow): Span[] {
  const children = state.expanded.has(id) ? state.children.get(id) : undefined;
  if (children === 'loading') return [{ text: 'reading', token: 'dim' }];
  if (children !== undefined && 'failure' in children) return [{ text: children.failure, token: 'error' }];
  return [{ text: state.nodes.get(id)?.detail ?? '', token: 'dim' }];
}

function Notice({ roots, width }: { readonly roots: unknown; readonly width: number }) {
  if (typeof roots === 'object' && roots !== null && 'failure' in roots) {
    const lines = wrapWords(displayText(String(roots.failure)), Math.max(1, width - 3));
    return lines.map((line) => <Line key={line} content={`  ${line}`} width={width} token="error" />);
  }
  const text = Array.isArray(roots) ? '  Nothing here.' : '  Reading';
  return <Line content={text} width={width} token="dim" />;
}
