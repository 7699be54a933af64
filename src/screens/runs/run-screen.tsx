import type { Run } from '../../core/runs/run.ts';
import type { LoggedChange } from '../../core/runs/run-log.ts';
import { bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createReducerStore } from '../store.ts';
import { exactMomentText } from '../text/moment-text.ts';
import { createTable } from '../widgets/table/table.ts';
import { tabsCommands } from '../widgets/tabs/keys.ts';
import { reduceTabs } from '../widgets/tabs/state.ts';
import { changeColumns, changeReport, changeSource } from './change-lines.ts';
import { exportRun } from './export-run.ts';
import { type PastRunCommandId, pastRunCommands } from './keys.ts';
import { RunView } from './run-view.tsx';
import { initialRun, kindTabs, reduceRun } from './state.ts';

/** How a run ended and what it changed, kind by kind. */
export function openPastRun(context: ScreenContext, { id }: Pick<Run, 'id'>): Screen {
  const { core, overlays } = context;
  const store = createReducerStore(reduceRun, stateOf(core.runs.find(id)));
  const table = createTable<LoggedChange>({
    columns: changeColumns,
    source: changeSource(core.runs, store.get),
    idOf: ({ number }) => String(number),
    query: { filter: '', sort: null },
    isMarkable: false,
  });

  function show(kind: ReturnType<typeof kindTabs>['active']): void {
    if (kind === store.get().kind) return;
    store.dispatch({ type: 'kind', kind });
    table.dispatch({ type: 'go', to: 0 });
    void table.refresh();
  }

  const actions: Record<PastRunCommandId, () => void> = {
    'pastRun.details': () => {
      const line = table.current();
      if (line !== undefined) void overlays.ask(changeReport(line, store.get().isPreview));
    },
    'pastRun.export': () =>
      void exportRun(context, id).catch((error) => context.reportError('Export', error)),
  };
  const own = bindCommands(pastRunCommands, table.current, (command) => actions[command]());
  const tabs = bindCommands(tabsCommands, store.get, (command) => {
    show(reduceTabs(kindTabs(store.get()), { type: command === 'tabs.next' ? 'next' : 'previous' }).active);
  });
  return {
    title: () => `Run ${id}`,
    wantsWidth: true,
    layer: {
      name: 'past run',
      commands: [...own, ...table.commands, ...tabs],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(store, table, table.filter),
    draw: (width, height) => (
      <RunView
        state={store.get()}
        whom={whomOf(core.runs.find(id))}
        table={table}
        width={width}
        height={height}
      />
    ),
    async refresh() {
      store.dispatch({ type: 'end', run: core.runs.find(id) });
      await table.refresh();
    },
  };
}

function stateOf(run: Run) {
  return reduceRun(initialRun(run.dryRun, 0), { type: 'end', run });
}

function whomOf({ startedAt, startedBy }: Run): string {
  return `${exactMomentText(startedAt)} by ${startedBy}`;
}
