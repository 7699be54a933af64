import { stripVTControlCharacters } from 'node:util';
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
  /** Left out where the terminal is too narrow for all; the last of these goes first. */
  isExtra?: boolean;
  /** Never cut, because a part of it says nothing: a time, a number. */
  isWhole?: boolean;
  /** Columns that an extra one can be cut to before it is left out; else it is never cut. */
  least?: number;
}

interface TableProps {
  data: Record<string, string>[];
  columns: { key: string; align: 'left' | 'right' }[];
  padding: number;
}
const DrawnTable = Table as unknown as ComponentType<TableProps>;

/**
 * Draws cells as a table with a line of titles. `width` in columns; without it only what is absurdly long is
 * cut. The first column is what a row is called by, so it is the last to be cut.
 */
export function drawTable(
  allColumns: readonly TitledColumn[],
  allCells: readonly (readonly string[])[],
  width?: number,
): string {
  if (allCells.length === 0) return '';
  const allWidths = neededWidths(allColumns, allCells);
  const shown =
    width === undefined ? allColumns.map((_, index) => index) : chosen(allColumns, allWidths, width);
  const pick = <Item>(items: readonly Item[]) => shown.map((index) => items[index] as Item);
  const columns = pick(allColumns);
  const cells = allCells.map(pick);
  const widths = fitWidths(columns, pick(allWidths), width);
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

/** The table draws a rule below every row, perhaps in colour; only the one below the titles is wanted. */
function withoutRules(lines: string[]): string[] {
  return lines.filter((line, index) => index < titleLines || !stripVTControlCharacters(line).startsWith('├'));
}

function neededWidths(columns: readonly TitledColumn[], cells: readonly (readonly string[])[]): number[] {
  return columns.map((column, index) =>
    cells.reduce(
      (widest, row) => Math.max(widest, Math.min(row[index]?.length ?? 0, widestColumn)),
      column.title.length,
    ),
  );
}

/** The columns that stay, by their index. */
function chosen(columns: readonly TitledColumn[], widths: readonly number[], width: number): number[] {
  let shown = columns.map((_, index) => index);
  const needed = widths.map((one, index) => Math.min(one, columns[index]?.least ?? one));
  while (tableWidth(shown.map((index) => needed[index] ?? 0)) > width) {
    const extra = shown.findLast((index) => columns[index]?.isExtra);
    if (extra === undefined) break;
    shown = shown.filter((index) => index !== extra);
  }
  return shown;
}

function fitWidths(
  columns: readonly TitledColumn[],
  needed: readonly number[],
  width: number | undefined,
): number[] {
  const widths = [...needed];
  if (width === undefined) return widths;
  while (tableWidth(widths) > width) {
    // What can be cut from each: titles stay whole.
    const spare = widths.map((one, index) => (one > leastWidth(columns[index], one) ? one : 0));
    const [first = 0, ...others] = spare;
    const widestOther = Math.max(0, ...others);
    const cut = first > 0 && (widestOther === 0 || first > width / 2) ? 0 : spare.indexOf(widestOther, 1);
    if ((spare[cut] ?? 0) === 0) break;
    widths[cut] = (widths[cut] ?? 0) - 1;
  }
  return widths;
}

function leastWidth(column: TitledColumn | undefined, width: number): number {
  if (column?.isWhole) return width;
  return Math.max(column?.least ?? narrowestColumn, column?.title.length ?? 0);
}

function tableWidth(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one + 3, 1);
}

function shorten(cell: string, width: number): string {
  return cell.length <= width ? cell : `${cell.slice(0, Math.max(0, width - 3))}...`;
}
