import type { Run } from '../../core/runs/run.ts';
import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { ScreenContext } from '../shell/screen.ts';
import type { Store } from '../store.ts';
import { arraySource } from '../widgets/table/array-source.ts';
import { createTable, type Table } from '../widgets/table/table.ts';
import { exportRun } from './export-run.ts';
import { followList } from './follow-list.ts';
import { type RunsCommandId, runsCommands } from './keys.ts';
import { runColumns } from './run-columns.ts';

/** Older ones are shown by "mfa-console runs list". */
const mostRuns = 1000;

/** The list of runs with what can be done there. Those that go on are followed; newer ones are only told of. */
export interface RunsPane {
  readonly table: Table<Run>;
  readonly commands: readonly BoundCommand[];
  open(id: number): void;
  /** Whether there are newer runs than those that are listed. */
  readonly isOld: Pick<Store<boolean>, 'get' | 'subscribe'>;
  refresh(): Promise<void>;
  close(): void;
}

/** @param purpose only runs of this purpose; undefined: all */
export function createRunsPane(context: ScreenContext, purpose?: Run['purpose']): RunsPane {
  const { core } = context;
  const columns = runColumns(core.clock);
  const idOf = ({ id }: Run) => String(id);
  const list = followList((limit) => core.runs.list(limit, purpose), mostRuns, core.runs);
  const table = createTable<Run>({
    columns,
    source: arraySource(list.get, columns, idOf),
    idOf,
    query: { filter: '', sort: null },
    isMarkable: false,
  });
  list.subscribe(() => void table.refresh());

  function open(id: number): void {
    context.open(import('./run-screen.tsx').then(({ openPastRun }) => openPastRun(context, { id })));
  }

  const actions: Record<RunsCommandId, (run: Run) => void> = {
    'runs.open': ({ id }) => open(id),
    'runs.export': ({ id }) =>
      void exportRun(context, id).catch((error) => context.reportError('Export', error)),
  };
  const own = bindCommands(
    runsCommands,
    () => ({ hasRun: table.current() !== undefined }),
    (id) => {
      const run = table.current();
      if (run !== undefined) actions[id](run);
    },
  );
  return {
    table,
    commands: [...own, ...table.commands],
    open,
    isOld: list.isOld,
    async refresh() {
      list.reread();
      await table.settled();
    },
    close: list.close,
  };
}
