import { defineCommands } from '../../commands/command.ts';
import { afterwards, change, type RunCommandState } from '../../runs/run-checks.ts';
import { isResumable, refused, written } from '../../runs/state.ts';
import { changing } from '../../shell/screen.ts';

export type RunCommandId =
  | 'run.details'
  | 'run.import'
  | 'run.continue'
  | 'run.retry'
  | 'run.failures'
  | 'run.export'
  | 'run.again';

const scope = 'Preview and import';

export const runCommands = defineCommands<RunCommandState, RunCommandId>([
  {
    id: 'run.import',
    title: 'Import what the preview shows',
    keys: ['i'],
    scope,
    hint: 'Import',
    isEnabled: change((state) => {
      if (!state.isPreview) return 'This was the import. Esc goes back, to start another one.';
      if (state.run?.state !== 'completed') return 'The preview is not complete. r does it again.';
      return written(state) > 0 || 'Nobody would be added or updated.';
    }),
  },
  {
    id: 'run.continue',
    title: 'Continue where it stopped',
    keys: ['c'],
    scope,
    hint: 'Continue',
    isEnabled: change((state) => isResumable(state) || 'There is nothing to continue.'),
  },
  {
    id: 'run.failures',
    title: 'Show who failed, with the reasons',
    keys: ['f'],
    scope,
    hint: 'Failures',
    isEnabled: (state) => refused(state) > 0 || 'Nobody failed.',
  },
  {
    id: 'run.retry',
    title: 'Try again with those who failed or are a conflict',
    keys: ['t'],
    scope,
    hint: 'Retry',
    isEnabled: change((state) => {
      if (state.isPreview) return 'A preview has nobody to try again with.';
      return refused(state) > 0 || 'Nobody failed.';
    }),
  },
  {
    id: 'run.details',
    title: 'Old and new values of a person',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: ({ hasLine }) => hasLine || 'There is nobody here.',
  },
  {
    id: 'run.export',
    title: 'Write all of it to a file',
    keys: ['x'],
    scope,
    hint: 'Export',
    isEnabled: afterwards(({ runId }) => runId !== null || 'There is nothing to write.'),
  },
  {
    id: 'run.again',
    title: 'Do it again',
    keys: ['r'],
    scope,
    hint: 'Again',
    isEnabled: afterwards((state) => {
      if (state.isPreview) return true;
      if (state.phase === 'broken') return changing(state);
      return isResumable(state) ? 'c continues where it stopped.' : 'The import is done.';
    }),
  },
]);
