import { countOf, countText } from '../../../core/count-text.ts';
import { bindCommands } from '../../commands/command.ts';
import { createChangeList } from '../../runs/change-list.ts';
import { exportRun } from '../../runs/export-run.ts';
import { RunView } from '../../runs/run-view.tsx';
import { runningScreen } from '../../runs/running-screen.ts';
import type { RunState } from '../../runs/state.ts';
import type { Screen, ScreenContext } from '../../shell/screen.ts';
import { confirmation, confirmed } from '../../widgets/dialog/state.ts';
import { rulesText } from '../rules/rules-text.ts';
import { type RunCommandId, runCommands } from './keys.ts';
import { createRunner, type RunnerOptions } from './runner.ts';

/** A preview, and the import that it leads to; or an import from the start. It stays open when it has ended. */
export function openRun(context: ScreenContext, options: RunnerOptions): Screen {
  const { core, overlays } = context;
  const runner = createRunner(context, options);
  const list = createChangeList(context, runner, runner.show);
  const { table } = list;

  async function importPreviewed(): Promise<void> {
    const order = runner.order();
    const { counts } = runner.get();
    const text = `${writtenText(counts)}?\nWhom: ${order.whom}\nHow: ${rulesText(order.request.rules)}`;
    if ((await overlays.ask(confirmation('Import', text, 'Import'))) !== confirmed) return;
    runner.start({ ...order, users: counts.read }, false);
  }

  function retry(runId: number): void {
    const lines = (['failed', 'conflict'] as const).flatMap((change) => core.runs.changes(runId, { change }));
    const names = lines.flatMap(({ directoryId }) => directoryId ?? []);
    const { rules } = runner.order().request;
    const whom = `${countOf(names.length, 'user')} of run ${runId} again`;
    const request = { selection: { scope: 'users', names }, rules } as const;
    runner.start({ request, whom, users: names.length, resumes: null }, false);
  }

  function withRun(task: (runId: number) => void | Promise<void>): () => void {
    return () => {
      const { runId } = runner.get();
      if (runId === null) return;
      Promise.resolve(task(runId)).catch((error: unknown) => context.reportError('Import', error));
    };
  }

  const actions: Record<RunCommandId, () => void> = {
    'run.import': () => void importPreviewed(),
    'run.continue': withRun((resumes) => runner.start({ ...runner.order(), resumes }, false)),
    'run.retry': withRun(retry),
    'run.failures': () => runner.show(runner.get().counts.failed > 0 ? 'failed' : 'conflict'),
    'run.details': list.showDetails,
    'run.export': withRun((runId) => exportRun(context, runId)),
    'run.again': () => runner.start(runner.order(), runner.get().isPreview),
  };
  const commands = bindCommands(
    runCommands,
    () => ({ ...runner.get(), isReadOnly: context.isReadOnly, hasLine: table.current() !== undefined }),
    (id) => actions[id](),
  );

  return runningScreen({
    name: 'run',
    runner,
    list,
    commands,
    title: () => (runner.get().isPreview ? 'Preview' : 'Import'),
    draw: (width, height) => (
      <RunView state={runner.get()} whom={runner.order().whom} table={table} width={width} height={height} />
    ),
  });
}

/** "Add 400 users", "Add 3 and update 12 users". */
function writtenText({ added, updated }: RunState['counts']): string {
  if (updated === 0) return `Add ${countOf(added, 'user')}`;
  return added === 0
    ? `Update ${countOf(updated, 'user')}`
    : `Add ${countText(added)} and update ${countOf(updated, 'user')}`;
}
