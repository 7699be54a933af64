import type { AuditEvent } from '../../core/audit/audit-query.ts';
import type { Run } from '../../core/runs/run.ts';
import { NewestFirst } from '../widgets/table/newest-first.tsx';
import type { Table } from '../widgets/table/table.ts';
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
        <NewestFirst table={events} width={width} height={height - 1} emptyText="Nothing was done yet." />
      ) : (
        <NewestFirst table={runs} width={width} height={height - 1} emptyText="There are no runs yet." />
      )}
    </>
  );
}
