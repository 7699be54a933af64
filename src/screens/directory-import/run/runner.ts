import { importInThread } from '../../../core/background/threaded-runs.ts';
import { countOf } from '../../../core/count-text.ts';
import type { RunCounts } from '../../../core/runs/run.ts';
import {
  createRunner as createTaskRunner,
  type RunTask,
  type Runner as TaskRunner,
} from '../../runs/runner.ts';
import { written } from '../../runs/state.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import type { RunOrder } from './order.ts';

export interface RunnerOptions {
  readonly order: RunOrder;
  readonly isPreview: boolean;
  /** Counts whom the order takes, for the bar; asked while it runs already. */
  count(order: RunOrder, signal: AbortSignal): Promise<number>;
  /** Called when users may have been written. `isWhole`: all of the order is done. */
  onImported(isWhole: boolean): void;
}

/** Previews and imports, one after the other. */
export interface Runner extends Omit<TaskRunner, 'start'> {
  /** What is being done, or was done last. */
  order(): RunOrder;
  start(order: RunOrder, isPreview: boolean): void;
}

export function createRunner(context: ScreenContext, options: RunnerOptions): Runner {
  const { core, status } = context;
  let { order } = options;
  const { start, ...runner } = createTaskRunner(
    context,
    'import',
    taskOf(order, options.isPreview),
    ({ isPreview }, run) => {
      if (isPreview) return;
      const isWhole = run?.state === 'completed';
      if (run !== null) tellEnd(run.id, isWhole, run.counts);
      options.onImported(isWhole);
    },
  );

  function taskOf(next: RunOrder, isPreview: boolean): RunTask {
    return {
      isPreview,
      title: isPreview ? 'Preview' : 'Import',
      users: next.users,
      count: (signal) => options.count(next, signal),
      whenStopped: 'What was written stays, and the rest can be continued later.',
      execute: (runOptions) => importInThread(core, next.request, { ...runOptions, resumes: next.resumes }),
    };
  }

  function tellEnd(id: number, isWhole: boolean, counts: RunCounts): void {
    const users = countOf(written({ counts }), 'user');
    if (isWhole) status.say(`${users} written. Report: mfa-console runs show ${id}`, 'ok');
    else status.say(`${users} written; c continues with the rest.`, 'warning');
  }

  return {
    ...runner,
    order: () => order,
    start(next, isPreview) {
      order = next;
      start(taskOf(next, isPreview));
    },
  };
}
