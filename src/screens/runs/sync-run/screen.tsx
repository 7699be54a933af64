import type { RunOptions } from '../../../core/import/run-writer.ts';
import { changeCounts } from '../../../core/runs/change-counts.ts';
import type { SyncRun } from '../../../core/runs/run.ts';
import { outcomeText, readingText } from '../../../core/runs/run-texts.ts';
import { bindCommands } from '../../commands/command.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { confirmed } from '../../widgets/dialog/state.ts';
import { createChangeList } from '../change-list.ts';
import { exportRun } from '../export-run.ts';
import { RunView } from '../run-view.tsx';
import { createRunner, type RunTask } from '../runner.ts';
import { runningScreen } from '../running-screen.ts';
import type { RunState } from '../state.ts';
import { type SyncRunCommandId, syncRunCommands } from './keys.ts';
import { takeawayQuestion } from './question.ts';

export interface SyncRunOptions {
  /** In the breadcrumb, for questions and errors: "Synchronization", "Approval". */
  readonly title: string;
  /** The act in one word, for the button: "Synchronize", "Approve". */
  readonly act: string;
  /** Whom it is about, for people. */
  readonly whom: string;
  /** How many users that is; null when nobody has counted. */
  readonly users: number | null;
  readonly isSimulation: boolean;
  /** Runs it in a thread. */
  execute(options: RunOptions): Promise<SyncRun>;
  /** Called when users may have been written. */
  onWritten(): void;
  /** Opens what a run holds for approval; left out where none can hold anything. */
  onApprove?(runId: number): void;
}

/**
 * A synchronization or an approval, and its simulation, which leads to it. It stays open when it has ended, with
 * everybody whom it changed.
 */
export function openSyncRun(context: ScreenContext, options: SyncRunOptions): Screen {
  const { overlays, status } = context;
  const runner = createRunner(
    context,
    'synchronization',
    taskOf(options.isSimulation),
    ({ isPreview }, run) => {
      if (isPreview) return;
      context.dataWasRead();
      options.onWritten();
      if (run !== null) status.say(endText(run as SyncRun), run.error === null ? 'ok' : 'warning');
    },
  );
  const list = createChangeList(context, runner, runner.show);
  const { table } = list;

  function taskOf(isPreview: boolean): RunTask {
    return {
      isPreview,
      title: isPreview ? 'Simulation' : options.title,
      users: options.users,
      whenStopped: 'What was written stays; nobody is disabled or removed before everything was read.',
      execute: options.execute,
    };
  }

  async function executeSimulated(): Promise<void> {
    const { counts } = runner.get();
    const question = takeawayQuestion(options.act, simulatedText(counts), counts);
    if ((await overlays.ask(question)) === confirmed) runner.start(taskOf(false));
  }

  const actions: Record<SyncRunCommandId, () => void> = {
    'syncRun.execute': () => void executeSimulated(),
    'syncRun.approve': () => {
      const { runId } = runner.get();
      if (runId !== null) options.onApprove?.(runId);
    },
    'syncRun.details': list.showDetails,
    'syncRun.failures': () => runner.show(runner.get().counts.failed > 0 ? 'failed' : 'conflict'),
    'syncRun.export': () => {
      const { runId } = runner.get();
      if (runId === null) return;
      void exportRun(context, runId).catch((error) => context.reportError('Export', error));
    },
    'syncRun.again': () => runner.start(taskOf(runner.get().isPreview)),
  };
  const commands = bindCommands(
    syncRunCommands,
    () => ({ ...runner.get(), isReadOnly: context.isReadOnly, hasLine: table.current() !== undefined }),
    (id) => actions[id](),
  );

  return runningScreen({
    name: 'sync run',
    runner,
    list,
    commands,
    title: () => (runner.get().isPreview ? 'Simulation' : options.title),
    draw: (width, height) => (
      <RunView
        state={runner.get()}
        whom={options.whom}
        how={howText(runner.get())}
        table={table}
        width={width}
        height={height}
      />
    ),
  });
}

function howText({ run }: RunState): string {
  return run === null ? '' : readingText(run);
}

function simulatedText(counts: RunState['counts']): string {
  const written = { ...counts, unchanged: 0, skipped: 0, conflicts: 0, failed: 0 };
  return `Do what was simulated: ${changeCounts(written).join(', ')}?`;
}

/** "Run 119: 3 added, 46 held. A looks at what is held." */
function endText(run: SyncRun): string {
  const { id, state } = run;
  return `Run ${id}: ${outcomeText(run)}.${state === 'awaitingApproval' ? ' A looks at what is held.' : ''}`;
}
