import { type BoundCommand, bindCommands } from '../commands/command.ts';
import type { Screen } from '../shell/screen.ts';
import { combineStores } from '../store.ts';
import type { ChangeList } from './change-list.ts';
import type { Runner } from './runner.ts';
import { isRunning } from './state.ts';
import { stopCommands } from './stop-keys.ts';

export interface RunningScreenOptions extends Pick<Screen, 'title' | 'draw'> {
  /** Of the layer of keys. */
  readonly name: string;
  readonly runner: Omit<Runner, 'start' | 'show'>;
  readonly list: ChangeList;
  /** What can be done besides moving in the list and stopping. */
  readonly commands: readonly BoundCommand[];
}

/**
 * A run that is executed here, with the list of its changes. While it runs, the ways out stop it; it stays open when it
 * has ended.
 */
export function runningScreen({ name, runner, list, commands, title, draw }: RunningScreenOptions): Screen {
  const { table } = list;
  const stopping = bindCommands(stopCommands, runner.get, () => void runner.stop());
  const ended = [...commands, ...list.commands];
  const running = [...stopping, ...ended];

  return {
    title,
    wantsWidth: true,
    layer: {
      name,
      get commands() {
        return isRunning(runner.get()) ? running : ended;
      },
      capture: table.capture,
      takes: table.filter.takes,
      hints: table.filter.hints,
    },
    state: combineStores(runner, table, table.filter),
    draw,
    pending: table.pending,
    canLeave() {
      if (!isRunning(runner.get())) return true;
      return runner.stop().then(async (isStopped) => {
        if (isStopped) await runner.settled();
        return isStopped;
      });
    },
    close() {
      list.close();
      runner.close();
    },
  };
}
