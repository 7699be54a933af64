import type { Run } from '../../core/runs/run.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores } from '../store.ts';
import { NewestFirst } from '../widgets/table/newest-first.tsx';
import { createRunsPane } from './runs-pane.ts';

/** The history of one purpose over another screen: how each run went, down to what it changed of each user. */
export function openRuns(context: ScreenContext, purpose: Run['purpose']): Screen {
  const { table, commands, isOld, refresh, close } = createRunsPane(context, purpose);
  return {
    title: () => 'Runs',
    wantsWidth: true,
    layer: {
      name: 'runs',
      commands,
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(table, table.filter, isOld),
    draw: (width, height) => (
      <NewestFirst table={table} width={width} height={height} emptyText="There are no runs yet." />
    ),
    pending: table.pending,
    isOld: isOld.get,
    refresh,
    close,
  };
}
