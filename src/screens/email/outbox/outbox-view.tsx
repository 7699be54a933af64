import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
import { Line } from '../../widgets/line/line.tsx';
import type { Span } from '../../widgets/line/spans.ts';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import type { Table } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';

export interface OutboxViewProps {
  readonly table: Table<OutboxMail>;
  /** How delivery goes. */
  readonly delivery: readonly Span[];
  readonly width: number;
  readonly height: number;
}

/** How delivery goes above, the mails below. */
export function OutboxView({ table, delivery, width, height }: OutboxViewProps) {
  return (
    <>
      <Line content={delivery} width={width} />
      <FilterLine table={table} width={width} order="Newest first" />
      <TableView
        table={table}
        width={width}
        height={height - 2}
        emptyText="There are no mails yet. They come from imports and from changes of users."
      />
    </>
  );
}
