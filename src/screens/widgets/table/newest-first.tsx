import { FilterLine } from './filter-line.tsx';
import type { Table } from './table.ts';
import { TableView } from './table-view.tsx';

interface NewestFirstProps<Row> {
  readonly table: Table<Row>;
  readonly width: number;
  readonly height: number;
  readonly emptyText: string;
}

/** A log as a list, with its filter. */
export function NewestFirst<Row>({ table, width, height, emptyText }: NewestFirstProps<Row>) {
  return (
    <>
      <FilterLine table={table} width={width} order="Newest first" />
      <TableView table={table} width={width} height={height - 1} emptyText={emptyText} />
    </>
  );
}
