import type { TableColumn } from './columns.ts';
import type { RowQuery, RowSource } from './row-source.ts';

/**
 * A source over rows in memory, which may grow while they are looked at. Filters by all typed words in any
 * column, sorts by a column as it is shown.
 */
export function arraySource<Row>(
  rows: () => readonly Row[],
  columns: readonly TableColumn<Row>[],
  idOf: (row: Row) => string,
): RowSource<Row> {
  let last: { rows: readonly Row[]; count: number; query: RowQuery; found: readonly Row[] } | undefined;

  function find(query: RowQuery): readonly Row[] {
    const all = rows();
    if (last?.rows === all && last.count === all.length && last.query === query) return last.found;
    const found = sorted(matching(all, columns, query.filter), columns, query);
    last = { rows: all, count: all.length, query, found };
    return found;
  }

  return {
    async load(query, offset, limit) {
      const found = find(query);
      return { rows: found.slice(offset, offset + limit), total: found.length, totalOfAll: rows().length };
    },
    async ids(query, offset, limit) {
      return find(query)
        .slice(offset, offset + limit)
        .map(idOf);
    },
    async locate(query, id) {
      const index = find(query).findIndex((row) => idOf(row) === id);
      return index === -1 ? null : index;
    },
  };
}

function matching<Row>(
  all: readonly Row[],
  columns: readonly TableColumn<Row>[],
  filter: string,
): readonly Row[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return all;
  return all.filter((row) => {
    const text = columns
      .map((column) => column.value(row))
      .join('\n')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function sorted<Row>(
  found: readonly Row[],
  columns: readonly TableColumn<Row>[],
  { sort }: RowQuery,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.column);
  if (column === undefined || sort === null) return found;
  const compare = new Intl.Collator('en', { numeric: true, sensitivity: 'base' }).compare;
  const inOrder = found.toSorted((a, b) => compare(column.value(a), column.value(b)));
  return sort.isDescending ? inOrder.reverse() : inOrder;
}
