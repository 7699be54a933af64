import { Box, useIsScreenReaderEnabled } from 'ink';
import { memo, useLayoutEffect, useMemo } from 'react';
import { useStore } from '../../store.ts';
import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Glyphs } from '../../theme/glyphs.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { Span } from '../line/spans.ts';
import { columnGap, columnTitle, type PlacedColumn, placeColumns } from './columns.ts';
import { isMarked } from './marks.ts';
import { SpokenTable } from './spoken-table.tsx';
import { rowAt, type TableState } from './state.ts';
import type { Table } from './table.ts';

export interface TableViewProps<Row> {
  readonly table: Table<Row>;
  readonly width: number;
  /** Lines of the screen with the line of titles. */
  readonly height: number;
  /** Without focus the cursor is a mark only. Default true. */
  readonly isFocused?: boolean;
  /** Shown for no rows at all. Default "Nothing here." */
  readonly emptyText?: string;
  /** Shows `[ ]` on rows that are not marked, for lists that are there to be marked. */
  readonly showsEmptyMarks?: boolean;
  /** A sign of three columns in the place of `[ ]`; undefined for rows without one. */
  signOf?(row: Row): string | undefined;
}

/** Cursor, mark and a space. */
const markWidth = 5;

/** Draws the rows that are seen, one line each. */
export function TableView<Row>(props: TableViewProps<Row>) {
  const {
    table,
    width,
    height,
    isFocused = true,
    emptyText = 'Nothing here.',
    showsEmptyMarks = false,
    signOf,
  } = props;
  const state = useStore(table);
  const { glyphs } = useTheme();
  const rows = Math.max(1, height - 1);
  useLayoutEffect(() => {
    if (table.state().height !== rows) table.dispatch({ type: 'resize', height: rows });
  }, [table, rows]);
  const columns = useMemo(
    () => placeColumns(table.options.columns, width - markWidth),
    [table.options.columns, width],
  );
  const isSpoken = useIsScreenReaderEnabled();
  if (isSpoken && (state.total ?? 0) > 0) return <SpokenTable table={table} state={state} width={width} />;
  const titles = columns.map((column) => columnTitle(column, state.query.sort, glyphs)).join(columnGap);
  return (
    <Box flexDirection="column" width={width} height={height}>
      <Line content={' '.repeat(markWidth) + titles.trimEnd()} width={width} token="heading" />
      {(state.total ?? 0) === 0 ? (
        <Notice state={state} emptyText={emptyText} width={width} />
      ) : (
        seenIndexes(state, rows).map((index) => {
          const row = rowAt(state, index);
          const isAt = index === state.cursor;
          const unmarked = showsEmptyMarks ? glyphs.unmarked : '   ';
          const sign = (row === undefined ? undefined : signOf?.(row)) ?? unmarked;
          return (
            <Row
              key={index - state.top}
              columns={columns as readonly PlacedColumn<unknown>[]}
              row={row}
              width={width}
              isCursor={isAt}
              isSelected={isAt && isFocused}
              mark={markOf(state, index, row && table.options.idOf(row), glyphs, sign)}
            />
          );
        })
      )}
    </Box>
  );
}

function seenIndexes<Row>(state: TableState<Row>, rows: number): number[] {
  const count = Math.max(0, Math.min(rows, (state.total ?? 0) - state.top));
  return Array.from({ length: count }, (_, line) => state.top + line);
}

function markOf<Row>(
  state: TableState<Row>,
  index: number,
  id: string | undefined,
  glyphs: Glyphs,
  sign: string,
): string {
  if (id !== undefined && isMarked(state.marks, id)) return glyphs.marked;
  const { rangeStart, cursor } = state;
  const isInRange =
    rangeStart !== null && index >= Math.min(rangeStart, cursor) && index <= Math.max(rangeStart, cursor);
  if (isInRange) return ' + ';
  return sign;
}

interface RowProps {
  readonly columns: readonly PlacedColumn<unknown>[];
  readonly row: unknown;
  readonly width: number;
  readonly isCursor: boolean;
  readonly isSelected: boolean;
  readonly mark: string;
}

const Row = memo(function Row({ columns, row, width, isCursor, isSelected, mark }: RowProps) {
  const { glyphs } = useTheme();
  const lead = `${isCursor ? glyphs.cursor : ' '}${mark} `;
  if (row === undefined) return <Line content={`${lead}${glyphs.ellipsis}`} width={width} token="dim" />;
  const cells = columns.map((column, index): Span => {
    const text = fitColumns(displayText(column.value(row)), column.width, glyphs.ellipsis, column.align);
    const isLast = index === columns.length - 1;
    return { text: isLast ? text : text + columnGap, token: isSelected ? undefined : column.token?.(row) };
  });
  return (
    <Line
      content={joinPlain([{ text: lead }, ...cells])}
      width={width}
      token={isSelected ? 'selection' : 'text'}
      isFilled={isSelected}
    />
  );
});

/** Neighbours of the same meaning become one piece, because every piece costs Ink a node. */
function joinPlain(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last !== undefined && last.token === span.token) {
      joined[joined.length - 1] = { text: last.text + span.text, token: last.token };
    } else joined.push(span);
  }
  return joined;
}

function Notice<Row>(props: {
  readonly state: TableState<Row>;
  readonly emptyText: string;
  readonly width: number;
}) {
  const { state, emptyText, width } = props;
  const indent = ' '.repeat(markWidth);
  if (state.failure !== null) {
    const lines = wrapWords(displayText(state.failure), Math.max(1, width - markWidth));
    return lines.map((line) => <Line key={line} content={indent + line} width={width} token="error" />);
  }
  if (state.total === null) return <Line content={`${indent}Reading`} width={width} token="dim" />;
  const text = state.query.filter === '' ? emptyText : 'Nothing matches the filter. Esc clears it.';
  return <Line content={indent + text} width={width} token="dim" />;
}
