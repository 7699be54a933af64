import { type AuditEvent, lastAuditSequence } from '../../../core/audit/audit-query.ts';
import type { BoundCommand } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores } from '../../store.ts';
import { NewestFirst } from '../../widgets/table/newest-first.tsx';
import type { Table } from '../../widgets/table/table.ts';

/** The list of events, read again by itself as long as this is open. */
export interface Followed {
  readonly table: Table<AuditEvent>;
  readonly commands: readonly BoundCommand[];
  refresh(): Promise<void>;
}

const lookMs = 500;

/** Shows events as they come. A cursor on the newest one stays there; elsewhere it stays with its event. */
export function openFollow(context: ScreenContext, { table, commands, refresh }: Followed): Screen {
  const { store } = context.core;
  let known = lastAuditSequence(store);
  let isReading = false;

  async function look(): Promise<void> {
    const last = lastAuditSequence(store);
    if (last === known || isReading) return;
    isReading = true;
    // Before it may fail, so that a failure is told once.
    known = last;
    try {
      const isOnNewest = table.state().cursor === 0;
      context.dataWasRead();
      await refresh();
      if (isOnNewest) table.dispatch({ type: 'go', to: 0 });
    } finally {
      isReading = false;
    }
  }

  const timer = setInterval(() => void look().catch((error) => context.reportError('Follow', error)), lookMs);
  timer.unref();
  return {
    title: () => 'Follow',
    wantsWidth: true,
    layer: {
      name: 'follow',
      commands,
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(table, table.filter),
    note: () => 'new events appear by themselves',
    draw: (width, height) => (
      <NewestFirst table={table} width={width} height={height} emptyText="Nothing was done yet." />
    ),
    refresh,
    close: () => clearInterval(timer),
  };
}
