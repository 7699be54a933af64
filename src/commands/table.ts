import { renderToString } from 'ink';
import { Table } from 'ink-table';
import { type ComponentType, createElement } from 'react';

/** Rows drawn at once; every part is a table of the same widths, so long lists stay cheap. */
const rowsPerPart = 200;
const narrowestColumn = 6;
/** Where no terminal sets a limit: one name of 10,000 characters would make every row as wide. */
const widestColumn = 500;
/** Upper border, titles and the rule below them. */
const titleLines = 3;

export interface TitledColumn {
  title: string;
  align?: 'left' | 'right';
}

interface TableProps {
  data: Record<string, string>[];
  columns: { key: string; align: 'left' | 'right' }[];
  padding: number;
}
const DrawnTable = Table as unknown as ComponentType<TableProps>;

/** Draws cells as a table with a line of titles. `width` in columns; without it only what is absurdly long is cut. */
export function drawTable(
  columns: readonly TitledColumn[],
  cells: readonly (readonly string[])[],
  width?: number,
): string {
  if (cells.length === 0) return '';
  const widths = fitWidths(columns, cells, width);
  const keys = columns.map((column, index) => ({
    key: column.title.padEnd(widths[index] ?? 0),
    align: column.align ?? ('left' as const),
  }));
  const parts: string[] = [];
  for (let start = 0; start < cells.length; start += rowsPerPart) {
    const data = cells
      .slice(start, start + rowsPerPart)
      .map((row) =>
        Object.fromEntries(
          keys.map(({ key }, index) => [key, shorten(row[index] ?? '', widths[index] ?? 0)]),
        ),
      );
    const table = createElement(DrawnTable, { data, columns: keys, padding: 1 });
    const lines = withoutRules(renderToString(table, { columns: 10_000 }).trimEnd().split('\n'));
    const isFirst = start === 0;
    const isLast = start + rowsPerPart >= cells.length;
    parts.push(lines.slice(isFirst ? 0 : titleLines, isLast ? undefined : -1).join('\n'));
  }
  return `${parts.join('\n')}\n`;
}

/** The table draws a rule below every row; only the one below the titles is wanted. */
function withoutRules(lines: string[]): string[] {
  return lines.filter((line, index) => index < titleLines || !line.startsWith('├'));
}

function fitWidths(
  columns: readonly TitledColumn[],
  cells: readonly (readonly string[])[],
  width: number | undefined,
): number[] {
  const widths = columns.map((column, index) =>
    cells.reduce(
      (widest, row) => Math.max(widest, Math.min(row[index]?.length ?? 0, widestColumn)),
      column.title.length,
    ),
  );
  if (width === undefined) return widths;
  const borders = 3 * columns.length + 1;
  while (widths.reduce((sum, one) => sum + one, borders) > width) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowestColumn) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function shorten(cell: string, width: number): string {
  return cell.length <= width ? cell : `${cell.slice(0, Math.max(0, width - 3))}...`;
}
