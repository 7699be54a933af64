import { countOf } from '../../../core/count-text.ts';
import { writeFacet } from '../../../core/users/user-filter.ts';
import { bindCommands } from '../../commands/command.ts';
import { startSynchronization } from '../../runs/sync-run/start.ts';
import { runningText, watchRunning } from '../../runs/watch-running.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { combineStores, createStore } from '../../store.ts';
import type { Pane } from '../../tabbed/pane.ts';
import { arraySource } from '../../widgets/table/array-source.ts';
import { createTable } from '../../widgets/table/table.ts';
import { itemActions } from './item-actions.ts';
import { type ItemRow, itemColumns } from './items.ts';
import { type SyncCommandId, type SyncCommandState, syncCommands } from './keys.ts';
import { readOverview } from './overview.ts';
import { SynchronizationView } from './synchronization-view.tsx';

/** The items in their order, what runs next, and what waits for somebody. */
export function openSynchronization(context: ScreenContext): Pane {
  const { core } = context;
  const overview = createStore(readOverview(core));
  const idOf = ({ item }: ItemRow) => String(item.id);
  const table = createTable<ItemRow>({
    columns: itemColumns,
    source: arraySource(() => overview.get().items, itemColumns, idOf),
    idOf,
    query: { filter: '', sort: null },
    isMarkable: false,
  });
  const running = watchRunning(core.runs, rereadAround);

  /** How it stands, around the items: nothing moves by itself under the cursor. */
  function rereadAround(): void {
    overview.set(readOverview(core, overview.get().items));
  }

  async function reread(): Promise<void> {
    overview.set(readOverview(core));
    await table.refresh();
  }

  async function openWaiting(id: number): Promise<Screen> {
    const { openApproval } = await import('../../runs/approval/screen.tsx');
    const screen = openApproval(context, { id });
    return {
      ...screen,
      close() {
        screen.close?.();
        void reread();
      },
    };
  }

  function run(isSimulation: boolean): Promise<void> {
    // As they are now: somebody may have switched one on since they were read.
    const { items } = core.synchronization;
    const counts = items.countUsers();
    const enabled = items.list().filter((item) => item.enabled);
    const users = enabled.reduce((sum, { id }) => sum + (counts.get(id) ?? 0), 0);
    const subject = { user: null, text: countOf(enabled.length, 'item'), users: users || null };
    return startSynchronization(context, subject, isSimulation, () => void reread());
  }

  const items = itemActions(context, table.current, reread);

  function showItem(name: string): void {
    const index = overview.get().items.findIndex(({ item }) => item.name === name);
    table.filter.set('');
    table.dispatch({ type: 'go', to: Math.max(0, index) });
    if (index === -1) context.status.say(`There is no item "${name}" any more.`, 'warning');
  }

  const actions: Record<SyncCommandId, () => Promise<void>> = {
    ...items,
    'sync.open': async () => {
      const { waiting } = overview.get();
      if (waiting === null) await items['sync.edit']();
      else context.open(openWaiting(waiting.id));
    },
    'sync.users': async () => {
      const row = table.current();
      if (row !== undefined) context.goTo('users', writeFacet('item', row.item.name));
    },
    'sync.simulate': () => run(true),
    'sync.now': () => run(false),
    'sync.runs': async () => {
      context.open(
        import('../../runs/runs-screen.tsx').then(({ openRuns }) => openRuns(context, 'synchronization')),
      );
    },
    'sync.explain': async () => {
      const { askAndExplain } = await import('./explain/ask.ts');
      await askAndExplain(context, '');
    },
    'sync.settings': async () => {
      context.open(
        import('./settings/screen.tsx').then(({ openSyncSettings }) => openSyncSettings(context, reread)),
      );
    },
  };
  const own = bindCommands(
    syncCommands,
    (): SyncCommandState => {
      const { items: rows, waiting } = overview.get();
      return {
        isReadOnly: context.isReadOnly,
        current: table.current(),
        items: rows.length,
        enabled: rows.filter(({ item }) => item.enabled).length,
        isFiltered: table.state().query.filter.trim() !== '',
        isAwaiting: waiting !== null,
      };
    },
    (id) => void actions[id]().catch((error) => context.reportError('Synchronization', error)),
  );

  return {
    layer: {
      name: 'synchronization',
      commands: [...own, ...table.commands],
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(overview, table, table.filter, running),
    draw(width, height) {
      const run = running.get();
      return (
        <SynchronizationView
          overview={overview.get()}
          table={table}
          running={run === null ? null : runningText(run, core.clock())}
          now={core.clock()}
          width={width}
          height={height}
        />
      );
    },
    pending: table.pending,
    refresh: reread,
    enter: rereadAround,
    show(place) {
      const [, id] = /^approval:(\d+)$/.exec(place) ?? [];
      if (id !== undefined) context.open(openWaiting(Number(id)));
      const [, name] = /^item:(.+)$/s.exec(place) ?? [];
      if (name !== undefined) showItem(name);
    },
    close: running.close,
  };
}
