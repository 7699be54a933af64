import type { Run } from '../../core/runs/run.ts';
import type { LoggedChange } from '../../core/runs/run-log.ts';
import { bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createReducerStore } from '../store.ts';
import { exactMomentText } from '../text/moment-text.ts';
import { createTable } from '../widgets/table/table.ts';
import { tabsAction, tabsCommands } from '../widgets/tabs/keys.ts';
import { reduceTabs } from '../widgets/tabs/state.ts';
import { changeColumns, changeReport, changeSource } from './change-lines.ts';
import { exportRun } from './export-run.ts';
import { followRun } from './follow-run.ts';
import { type PastRunCommandId, pastRunCommands } from './keys.ts';
import { kindText } from './run-text.ts';
import { RunView } from './run-view.tsx';
import { initialRun, kindTabs, reduceRun } from './state.ts';

/**
 * How a run ended and what it changed, kind by kind; one that goes on, in whatever process, is followed to its end.
 */
export function openPastRun(context: ScreenContext, { id }: Pick<Run, 'id'>): Screen {
  const { core, overlays } = context;
  let run = core.runs.find(id);
  const store = createReducerStore(reduceRun, stateOf(run, core.clock()));
  const table = createTable<LoggedChange>({
    columns: changeColumns,
    source: changeSource(core.runs, store.get),
    idOf: ({ number }) => String(number),
    query: { filter: '', sort: null },
    isMarkable: false,
  });
  const endFollowing = followRun(run, {
    read: () => core.runs.find(id),
    onLook: (now) => {
      const hasMore = now.counts.read !== run.counts.read || now.state !== run.state;
      look(now);
      if (!hasMore) return;
      context.dataWasRead();
      void table.refresh();
    },
    onFailure: (error) => void context.reportError(`Run ${id}`, error),
  });

  function look(now: Run): void {
    run = now;
    store.dispatch({ type: 'looked', run, nowMs: performance.now() });
  }

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
  const own = bindCommands(
    pastRunCommands,
    () => ({ run, line: table.current() }),
    (command) => actions[command](),
  );
  const tabs = bindCommands(tabsCommands, store.get, (command) => {
    show(reduceTabs(kindTabs(store.get()), tabsAction(command)).active);
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
        whom={whomOf(run)}
        how={kindText(run)}
        table={table}
        width={width}
        height={height}
      />
    ),
    pending: table.pending,
    async refresh() {
      look(core.runs.find(id));
      await table.refresh();
    },
    close: endFollowing,
  };
}

/** As if it had been watched from its start. */
function stateOf(run: Run, now: Date) {
  const nowMs = performance.now();
  const elapsedMs = Math.max(0, now.getTime() - Date.parse(run.startedAt));
  const begun = initialRun(run.purpose, run.dryRun, nowMs - elapsedMs);
  return reduceRun(begun, { type: 'looked', run, nowMs });
}

function whomOf({ startedAt, startedBy }: Run): string {
  return `${exactMomentText(startedAt)} by ${startedBy}`;
}
