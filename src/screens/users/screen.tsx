import type { User } from '../../core/users/user.ts';
import { bindCommands } from '../commands/command.ts';
import { sortWish } from '../preferences/effects.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores } from '../store.ts';
import { FilterLine } from '../widgets/table/filter-line.tsx';
import { createTable, type Table } from '../widgets/table/table.ts';
import { TableView } from '../widgets/table/table-view.tsx';
import { userColumns } from './columns.ts';
import { type UsersState, usersCommands } from './keys.ts';
import { userActions } from './user-actions.ts';
import { userSource } from './user-source.ts';

/** The list of users with all that can be done to one or to all marked ones. */
export function openUsers(context: ScreenContext): Screen {
  const { core, status, preferences } = context;
  const columns = userColumns(core.clock);
  const wished = preferences
    .get()
    .usersColumns.flatMap((id) => columns.find((column) => column.id === id) ?? []);
  const table = createTable<User>({
    columns: wished,
    query: { filter: '', sort: sortWish(preferences.get()) },
    source: userSource(core.users),
    idOf: ({ id }) => String(id),
    onFailure: (message) => status.say(message, 'error'),
  });
  const actions = userActions(context, table);
  const own = bindCommands(
    usersCommands,
    (): UsersState => ({
      isReadOnly: context.isReadOnly,
      marked: table.state().marks.size,
      isMarking: table.isMarking(),
      current: table.current(),
      now: core.clock().toISOString(),
    }),
    (id) => void actions[id]().catch((error) => context.reportError('Users', error)),
  );
  return {
    title: () => 'Users',
    wantsWidth: true,
    layer: {
      name: 'users',
      commands: [...own, ...table.commands],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(table, table.filter),
    draw: (width, height) => <UsersView table={table} width={width} height={height} />,
    pending: table.pending,
    refresh: table.refresh,
    show(place) {
      const [, run] = /^continue:(\d+)$/.exec(place) ?? [];
      if (run !== undefined) actions.continueRun(Number(run));
      else if (place === 'import') void actions['users.import']();
      else table.filter.set(place);
    },
  };
}

interface UsersViewProps {
  readonly table: Table<User>;
  readonly width: number;
  readonly height: number;
}

function UsersView({ table, width, height }: UsersViewProps) {
  return (
    <>
      <FilterLine table={table} width={width} />
      <TableView
        table={table}
        width={width}
        height={height - 1}
        emptyText="There are no users yet. i imports them, a adds one, c reads a CSV file."
      />
    </>
  );
}
