import { readStatus } from '../../core/status/status.ts';
import { bindCommands } from '../commands/command.ts';
import { watchRunning } from '../runs/watch-running.ts';
import type { Screen, ScreenContext } from '../shell/screen.ts';
import { createReducerStore } from '../store.ts';
import { backUp } from './back-up.ts';
import { type StatusCommandId, statusCommands } from './keys.ts';
import { reduceStatus, type StatusAction, type StatusState, statusItems } from './state.ts';
import { StatusView } from './status-view.tsx';

/** How things stand, and what should be mended; Enter goes there. */
export function openStatus(context: ScreenContext): Screen {
  const { core, status } = context;
  let standing = readStatus(core);
  const running = watchRunning(core.runs, refresh);
  const items = () => statusItems(standing, core.clock(), running.get());
  const store = createReducerStore<StatusState, StatusAction>(reduceStatus, { items: items(), cursor: 0 });
  running.subscribe(() => store.dispatch({ type: 'read', items: items() }));

  function openItem(): void {
    const { items, cursor } = store.get();
    const item = items[cursor];
    if (item === undefined) return;
    if (item.target === 'backup') {
      writeBackup();
      return;
    }
    if (item.target !== null && context.goTo(item.target.section, item.target.place)) return;
    if (item.command !== undefined) status.say(`On the command line: ${item.command}`);
  }

  function refresh(): void {
    standing = readStatus(core);
    store.dispatch({ type: 'read', items: items() });
  }

  function writeBackup(): void {
    void backUp(context).then((isDone) => {
      if (!isDone) return;
      context.dataWasRead();
      refresh();
    });
  }

  const commands = bindCommands(
    statusCommands,
    () => ({ ...store.get(), isReadOnly: context.isReadOnly }),
    (id) => actions[id](),
  );
  const actions: Record<StatusCommandId, () => void> = {
    'status.open': openItem,
    'status.backUp': writeBackup,
    'status.up': () => store.dispatch({ type: 'move', by: -1 }),
    'status.down': () => store.dispatch({ type: 'move', by: 1 }),
    'status.pageUp': () => store.dispatch({ type: 'move', by: -10 }),
    'status.pageDown': () => store.dispatch({ type: 'move', by: 10 }),
    'status.first': () => store.dispatch({ type: 'edge', to: 'first' }),
    'status.last': () => store.dispatch({ type: 'edge', to: 'last' }),
  };

  return {
    title: () => 'Status',
    layer: { name: 'status', commands },
    state: store,
    draw: (width, height) => <StatusView state={store.get()} width={width} height={height} />,
    refresh,
    showsProcesses: true,
    close: running.close,
  };
}
