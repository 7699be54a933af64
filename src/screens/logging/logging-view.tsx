import type { AuditEvent } from '../../core/audit/audit-query.ts';
import type { Run } from '../../core/runs/run.ts';
import { FilterLine } from '../widgets/table/filter-line.tsx';
import type { Table } from '../widgets/table/table.ts';
import { TableView } from '../widgets/table/table-view.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import { type LoggingState, loggingTabs } from './state.ts';

export interface LoggingViewProps {
  readonly state: LoggingState;
  readonly events: Table<AuditEvent>;
  readonly runs: Table<Run>;
  readonly width: number;
  readonly height: number;
}

/** Tabs above, the list of the open one below. */
export function LoggingView({ state, events, runs, width, height }: LoggingViewProps) {
  return (
    <>
      <TabsView state={loggingTabs(state)} width={width} />
      {state.tab === 'events' ? (
        <List table={events} width={width} height={height - 1} emptyText="Nothing was done yet." />
      ) : (
        <List table={runs} width={width} height={height - 1} emptyText="There are no runs yet." />
      )}
    </>
  );
}

interface ListProps<Row> {
  readonly table: Table<Row>;
  readonly width: number;
  readonly height: number;
  readonly emptyText: string;
}

function List<Row>({ table, width, height, emptyText }: ListProps<Row>) {
  return (
    <>
      <FilterLine table={table} width={width} order="Newest first" />
      <TableView table={table} width={width} height={height - 1} emptyText={emptyText} />
    </>
  );
}
