import type { Run } from '../../core/runs/run.ts';
import { readingText } from '../../core/runs/run-texts.ts';
import { bindCommands } from '../commands/command.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { combineStores, createReducerStore } from '../store.ts';
import { exactMomentText } from '../text/moment-text.ts';
import { createChangeList } from './change-list.ts';
import { exportRun } from './export-run.ts';
import { followRun } from './follow-run.ts';
import { type PastRunCommandId, pastRunCommands } from './keys.ts';
import { RunView } from './run-view.tsx';
import { initialRun, reduceRun } from './state.ts';

/**
 * How a run ended and what it changed, kind by kind; one that goes on, in whatever process, is followed to its end.
 */
export function openPastRun(context: ScreenContext, { id }: Pick<Run, 'id'>): Screen {
  const { core } = context;
  let run = core.runs.find(id);
  const store = createReducerStore(reduceRun, stateOf(run, core.clock()));
  const list = createChangeList(context, store, (kind) => store.dispatch({ type: 'kind', kind }));
  const { table } = list;
  const endFollowing = followRun(run, {
    read: () => core.runs.find(id),
    onLook(now) {
      look(now);
      context.screenWasRead();
    },
    onFailure: (error) => void context.reportError(`Run ${id}`, error),
  });

  function look(now: Run): void {
    run = now;
    store.dispatch({ type: 'looked', run, nowMs: performance.now() });
  }

  function newerId(): number | null {
    return run.state === 'superseded' ? (core.synchronization.approvals.newest()?.id ?? null) : null;
  }

  const actions: Record<PastRunCommandId, () => void> = {
    'pastRun.details': list.showDetails,
    'pastRun.approve': () =>
      context.open(import('./approval/screen.tsx').then(({ openApproval }) => openApproval(context, { id }))),
    'pastRun.export': () =>
      void exportRun(context, id).catch((error) => context.reportError('Export', error)),
  };
  const own = bindCommands(
    pastRunCommands,
    () => ({ run, newer: newerId(), line: table.current() }),
    (command) => actions[command](),
  );
  return {
    title: () => `Run ${id}`,
    wantsWidth: true,
    layer: {
      name: 'past run',
      commands: [...own, ...list.commands],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(store, table, table.filter),
    draw: (width, height) => (
      <RunView
        state={store.get()}
        whom={whomOf(run)}
        how={readingText(run)}
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
    close() {
      endFollowing();
      list.close();
    },
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
