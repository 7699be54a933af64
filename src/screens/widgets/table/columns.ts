import { fitColumns } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';
import type { Sort } from './row-source.ts';

export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Columns of the terminal that it needs at least. */
  readonly minWidth: number;
  /** Its share of the room that is left; 0 or nothing keeps it at its least width. */
  readonly flex?: number;
  readonly align?: 'left' | 'right';
  readonly isSortable?: boolean;
  /** Left out before others where there is not enough room; the higher, the sooner. Default 0: never. */
  readonly priority?: number;
  value(row: Row): string;
  token?(row: Row): Token | undefined;
}

export interface PlacedColumn<Row> extends TableColumn<Row> {
  readonly width: number;
}

const gap = 2;
export const columnGap = ' '.repeat(gap);

/** Gives every column its width; leaves out those of the highest priority until the rest fits. */
export function placeColumns<Row>(
  columns: readonly TableColumn<Row>[],
  width: number,
): readonly PlacedColumn<Row>[] {
  const kept = keepWhatFits(columns, width);
  const spare = Math.max(0, width - neededWidth(kept));
  const shares = kept.reduce((sum, { flex = 0 }) => sum + flex, 0);
  let given = 0;
  let passed = 0;
  return kept.map((column) => {
    passed += column.flex ?? 0;
    const upTo = shares === 0 ? 0 : Math.floor((spare * passed) / shares);
    const placed = { ...column, width: column.minWidth + upTo - given };
    given = upTo;
    return placed;
  });
}

function keepWhatFits<Row>(columns: readonly TableColumn<Row>[], width: number): readonly TableColumn<Row>[] {
  let kept = columns;
  while (kept.length > 1 && neededWidth(kept) > width) {
    const worst = kept.reduce((a, b) => ((b.priority ?? 0) >= (a.priority ?? 0) ? b : a));
    if ((worst.priority ?? 0) === 0) break;
    kept = kept.filter((column) => column !== worst);
  }
  return kept;
}

function neededWidth<Row>(columns: readonly TableColumn<Row>[]): number {
  return columns.reduce((sum, { minWidth }) => sum + minWidth, 0) + gap * Math.max(0, columns.length - 1);
}

/** The title of a column with its sort mark, in its width. */
export function columnTitle<Row>(
  column: PlacedColumn<Row>,
  sort: Sort | null,
  glyphs: { readonly ascending: string; readonly descending: string; readonly ellipsis: string },
): string {
  const { title, width, align } = column;
  if (sort?.column !== column.id) return fitColumns(title, width, glyphs.ellipsis, align);
  const mark = sort.isDescending ? glyphs.descending : glyphs.ascending;
  const short = title.length + 2 <= width ? title : title.slice(0, Math.max(0, width - 2));
  return fitColumns(`${short} ${mark}`, width, glyphs.ellipsis, align);
}

/** The order after `s`: the next column that can be sorted, and from the last one back to the first. */
export function nextSort<Row>(columns: readonly TableColumn<Row>[], sort: Sort | null): Sort | null {
  const sortable = columns.filter(({ isSortable }) => isSortable);
  const index = sortable.findIndex(({ id }) => id === sort?.column);
  const next = sortable[(index + 1) % Math.max(1, sortable.length)];
  return next === undefined ? sort : { column: next.id, isDescending: false };
}
