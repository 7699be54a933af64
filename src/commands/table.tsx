import { renderToString } from 'ink';
import { Table } from 'ink-table';
import { createElement } from 'react';
import type { Column } from './output.ts';

/** Rows drawn at once; every part is a table of the same widths, so long lists stay cheap. */
const rowsPerPart = 200;
const narrowestColumn = 6;

/** Draws cells as a table with a line of titles. `width` in columns; without it nothing is shortened. */
export function drawTable(
  columns: readonly Pick<Column<never>, 'title' | 'align'>[],
  cells: readonly (readonly string[])[],
  width?: number,
): string {
  if (cells.length === 0) return '';
  const widths = fitWidths(columns, cells, width);
  const titles = columns.map((column, index) => column.title.padEnd(widths[index] ?? 0));
  const parts: string[] = [];
  for (let start = 0; start < cells.length; start += rowsPerPart) {
    const data = cells
      .slice(start, start + rowsPerPart)
      .map((row) =>
        Object.fromEntries(row.map((cell, index) => [titles[index], shorten(cell, widths[index] ?? 0)])),
      );
    const table = createElement(Table, {
      data,
      columns: columns.map((column, index) => ({ key: titles[index] ?? '', align: column.align ?? 'left' })),
      padding: 1,
    });
    const lines = renderToString(table, { columns: 10_000 }).trimEnd().split('\n');
    const isFirst = start === 0;
    const isLast = start + rowsPerPart >= cells.length;
    parts.push(lines.slice(isFirst ? 0 : 2, isLast ? undefined : -1).join('\n'));
  }
  return `${parts.join('\n')}\n`;
}

function fitWidths(
  columns: readonly Pick<Column<never>, 'title'>[],
  cells: readonly (readonly string[])[],
  width: number | undefined,
): number[] {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => row[index]?.length ?? 0)),
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
