import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';
import { afterwards, change, type RunCommandState } from '../run-checks.ts';
import { refused, written } from '../state.ts';

export type SyncRunCommandId =
  | 'syncRun.execute'
  | 'syncRun.approve'
  | 'syncRun.details'
  | 'syncRun.failures'
  | 'syncRun.export'
  | 'syncRun.again';

const scope = 'Synchronizing';

export const syncRunCommands = defineCommands<RunCommandState, SyncRunCommandId>([
  {
    id: 'syncRun.execute',
    title: 'Do what the simulation shows',
    keys: ['n'],
    scope,
    hint: 'Do it now',
    isEnabled: change((state) => {
      if (!state.isPreview) return 'This was no simulation. Esc goes back.';
      const isWhole = state.run?.state === 'completed' || state.run?.state === 'awaitingApproval';
      if (!isWhole) return 'The simulation is not complete. r does it again.';
      return written(state) + state.counts.held > 0 || 'Nothing would be changed.';
    }),
  },
  {
    id: 'syncRun.approve',
    title: 'Look at what is held, and approve or reject it',
    keys: ['A'],
    scope,
    hint: 'Approve',
    isEnabled: afterwards(({ isPreview, run }) => {
      if (isPreview) return 'A simulation holds nothing.';
      return run?.state === 'awaitingApproval' || 'Nothing waits for approval here.';
    }),
  },
  {
    id: 'syncRun.details',
    title: 'Old and new values of a person',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: ({ hasLine }) => hasLine || 'There is nobody here.',
  },
  {
    id: 'syncRun.failures',
    title: 'Show who failed or is a conflict, with the reasons',
    keys: ['f'],
    scope,
    isEnabled: (state) => refused(state) > 0 || 'Nobody failed.',
  },
  {
    id: 'syncRun.export',
    title: 'Write all of it to a file',
    keys: ['x'],
    scope,
    hint: 'Export',
    isEnabled: afterwards(({ runId }) => runId !== null || 'There is nothing to write.'),
  },
  {
    id: 'syncRun.again',
    title: 'Do it again',
    keys: ['r'],
    scope,
    hint: 'Again',
    isEnabled: afterwards((state) => (state.isPreview ? true : changing(state))),
  },
]);
