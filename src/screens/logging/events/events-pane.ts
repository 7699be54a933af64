import type { AuditEvent } from '../../../core/audit/audit-query.ts';
import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { createTable, type Table } from '../../widgets/table/table.ts';
import { eventSource } from './event-source.ts';
import { eventColumns } from './event-text.ts';
import { exportEvents } from './export-events.ts';
import { filterForm, filterTextOf } from './filter-form.ts';
import { type EventsCommandId, eventsCommands } from './keys.ts';

/** The list of events with what can be done there. */
export interface EventsPane {
  readonly table: Table<AuditEvent>;
  readonly commands: readonly BoundCommand[];
  refresh(): Promise<void>;
  close(): void;
}

export function createEventsPane(context: ScreenContext): EventsPane {
  const { core, overlays } = context;
  const source = eventSource(core, () => void table.refresh());
  const table = createTable<AuditEvent>({
    columns: eventColumns(core.clock),
    source,
    idOf: ({ sequence }) => String(sequence),
    query: { filter: '', sort: null },
    isMarkable: false,
  });

  async function refresh(): Promise<void> {
    source.renew();
    await table.refresh();
  }

  const actions: Record<EventsCommandId, () => Promise<void>> = {
    'events.details': async () => {
      const event = table.current();
      if (event === undefined) return;
      context.open(import('./event-screen.tsx').then(({ openEvent }) => openEvent(context, table, event)));
    },
    'events.choose': async () => {
      const values = await overlays.fill(filterForm);
      if (values !== null) table.filter.set(filterTextOf(values));
    },
    'events.follow': async () => {
      const commands = [...own.filter(({ command }) => command.id !== 'events.follow'), ...table.commands];
      context.open(
        import('./follow-screen.tsx').then(({ openFollow }) =>
          openFollow(context, { table, commands, refresh }),
        ),
      );
    },
    'events.verify': async () => {
      context.open(
        import('../verification/screen.tsx').then(({ openVerification }) => openVerification(context)),
      );
    },
    'events.export': async () => {
      const { query, total } = table.state();
      await exportEvents(context, query.filter.trim(), total ?? 0);
    },
    'events.trim': async () => {
      const { trimEvents } = await import('./trim-events.ts');
      if (!(await trimEvents(context))) return;
      context.dataWasRead();
      await refresh();
    },
  };
  const own = bindCommands(
    eventsCommands,
    () => ({ isReadOnly: context.isReadOnly, hasEvent: table.current() !== undefined }),
    (id) => void actions[id]().catch((error) => context.reportError('Logging', error)),
  );
  return {
    table,
    commands: [...own, ...table.commands],
    refresh,
    close: source.stop,
  };
}
