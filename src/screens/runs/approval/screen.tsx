import { approveInThread } from '../../../core/background/threaded-runs.ts';
import { countOf } from '../../../core/count-text.ts';
import type { SyncRun } from '../../../core/runs/run.ts';
import { type HeldChange, type HeldCounts, takeawayText } from '../../../core/sync/held-list.ts';
import { bindCommands } from '../../commands/command.ts';
import { watchData } from '../../shell/data-changes.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createReducerStore } from '../../store.ts';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import { markedIds } from '../../widgets/table/marks.ts';
import { createTable } from '../../widgets/table/table.ts';
import { tabsAction, tabsCommands } from '../../widgets/tabs/keys.ts';
import { reduceTabs } from '../../widgets/tabs/state.ts';
import { exportRun } from '../export-run.ts';
import { takeawayQuestion } from '../sync-run/question.ts';
import { openSyncRun } from '../sync-run/screen.tsx';
import { ApprovalView } from './approval-view.tsx';
import { heldColumns, heldReport } from './held-lines.ts';
import { heldSource } from './held-source.ts';
import { type ApprovalCommandId, type ApprovalCommandState, approvalCommands } from './keys.ts';
import { type ApprovalState, heldTabs, heldTotal, reduceApproval } from './state.ts';

/**
 * What a run holds for approval, to be looked at, approved as a whole or in part, or rejected. Of a run that a later
 * one has superseded the later one is shown.
 * @param marks directory ids of users who are marked at the beginning, as far as the run holds something of them
 * @throws {MfaError} `run.notFound`
 */
export function openApproval(
  context: ScreenContext,
  asked: { readonly id: number; readonly marks?: readonly string[] },
): Screen {
  const { core, overlays, status } = context;
  const { approvals } = core.synchronization;
  const id = openId(asked.id);
  const store = createReducerStore(reduceApproval, { ...read(), kind: 'all' } satisfies ApprovalState);
  const table = createTable<HeldChange>({
    columns: heldColumns(core.clock),
    source: heldSource(approvals, store.get),
    idOf: ({ directoryId }) => directoryId,
    query: { filter: '', sort: null },
    onFailure: (message) => status.say(message, 'error'),
  });
  if (asked.marks !== undefined && asked.marks.length > 0) {
    const ids = approvals.held(id, { among: asked.marks }).map(({ directoryId }) => directoryId);
    table.dispatch({ type: 'mark', ids, mode: 'add' });
  }
  // Somebody else may decide about it, and a later run may supersede it. Whom it lists stays, as in other lists: a mark
  // must not meet another user than the one who was seen.
  const data = watchData(core.dataVersion, () => {
    const { counts } = store.get();
    store.dispatch({ type: 'looked', ...read(), counts });
  });

  function openId(wanted: number): number {
    const newest = approvals.newest();
    if (core.runs.find(wanted).state !== 'superseded' || newest === null) return wanted;
    status.say(`Run ${wanted} is superseded by run ${newest.id}, which is shown.`);
    return newest.id;
  }

  function read() {
    const run = core.runs.find(id) as SyncRun;
    const last = run.state === 'superseded' ? approvals.newest() : null;
    return { run, counts: approvals.countHeld(id), newer: last?.id ?? null };
  }

  async function refresh(): Promise<void> {
    const before = store.get();
    const now = read();
    store.dispatch({ type: 'looked', ...now });
    if (JSON.stringify(now.counts) !== JSON.stringify(before.counts)) await table.refresh();
  }

  /** Directory ids of those whom it is about; undefined for everybody who is held. */
  function chosen(): readonly string[] | undefined {
    const { marks } = table.state();
    return marks.size === 0 ? undefined : markedIds(marks);
  }

  function openRun(among: readonly string[] | undefined, counts: HeldCounts, isSimulation: boolean): void {
    context.open(
      openSyncRun(context, {
        title: 'Approval',
        act: 'Approve',
        whom: `${countOf(heldTotal(counts), 'user')} of run ${id}`,
        // What is held is looked for and not listed, so that nothing is counted on the way.
        users: null,
        isSimulation,
        execute: (options) => approveInThread(core, id, among, options),
        onWritten() {
          table.run('table.unmarkAll');
          void refresh();
        },
      }),
    );
  }

  async function approve(): Promise<void> {
    const among = chosen();
    const counts = approvals.countHeld(id, { among });
    const all = heldTotal(store.get().counts);
    const text = `Approve that run ${id} may ${takeawayText(counts)}? ${restText(all - heldTotal(counts))}`;
    if ((await overlays.ask(takeawayQuestion('Approve', text, counts))) === confirmed) {
      openRun(among, counts, false);
    }
  }

  async function reject(): Promise<void> {
    const count = heldTotal(store.get().counts);
    const text = `Reject what run ${id} still holds of ${countOf(count, 'user')}? Nobody is disabled or removed. The next run decides anew, and holds again what is still true.`;
    if ((await overlays.ask(confirmation('Reject', text, 'Reject'))) !== confirmed) return;
    approvals.reject(id);
    context.dataWasRead();
    await refresh();
    status.say(`What run ${id} holds is rejected.`, 'ok');
  }

  const actions: Record<ApprovalCommandId, () => Promise<void> | void> = {
    'approval.details': async () => {
      const line = table.current();
      if (line !== undefined) await overlays.ask(heldReport(line));
    },
    'approval.approve': approve,
    'approval.reject': reject,
    'approval.simulate': () => {
      const among = chosen();
      openRun(among, approvals.countHeld(id, { among }), true);
    },
    'approval.openItem': () => {
      const item = table.current()?.item;
      if (item !== undefined) context.goTo('directory-integration', `synchronization:item:${item}`);
    },
    'approval.newer': () => {
      const { newer } = store.get();
      if (newer === null) return;
      context.open(openApproval(context, { id: newer, marks: markedIds(table.state().marks) }));
    },
    'approval.export': () => exportRun(context, id),
  };
  const own = bindCommands(
    approvalCommands,
    (): ApprovalCommandState => ({
      ...store.get(),
      isReadOnly: context.isReadOnly,
      current: table.current(),
      marked: table.state().marks.size,
      isMarking: table.isMarking(),
      isFiltered: table.state().query.filter.trim() !== '',
    }),
    (command) =>
      void Promise.resolve(actions[command]()).catch((error) => context.reportError('Approval', error)),
  );
  const tabs = bindCommands(tabsCommands, store.get, (command) => {
    const { active } = reduceTabs(heldTabs(store.get()), tabsAction(command));
    if (active === store.get().kind) return;
    store.dispatch({ type: 'kind', kind: active });
    table.dispatch({ type: 'go', to: 0 });
    void table.refresh();
  });
  return {
    title: () => `Approval ${id}`,
    wantsWidth: true,
    layer: {
      name: 'approval',
      commands: [...own, ...table.commands, ...tabs],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(store, table, table.filter),
    draw: (width, height) => (
      <ApprovalView state={store.get()} table={table} now={core.clock()} width={width} height={height} />
    ),
    pending: table.pending,
    async refresh() {
      await refresh();
      await table.refresh();
    },
    close: data.stop,
  };
}

function restText(others: number): string {
  return others === 0
    ? 'What is not true any more is not done.'
    : `What is not true any more is not done; the other ${countOf(others, 'user')} ${others === 1 ? 'stays' : 'stay'} held.`;
}
