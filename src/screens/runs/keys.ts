import type { Run } from '../../core/runs/run.ts';
import type { LoggedChange } from '../../core/runs/run-log.ts';
import { defineCommands } from '../commands/command.ts';

const listScope = 'Runs';

export type RunsCommandId = 'runs.open' | 'runs.export';

export interface RunsCommandState {
  readonly hasRun: boolean;
}

const hasRun = (state: RunsCommandState) => state.hasRun || 'There is no run here.';

export const runsCommands = defineCommands<RunsCommandState, RunsCommandId>([
  {
    id: 'runs.open',
    title: 'What a run changed',
    keys: ['enter'],
    scope: listScope,
    hint: 'Changes',
    isEnabled: hasRun,
  },
  {
    id: 'runs.export',
    title: 'Write a run with its changes to a file',
    keys: ['x'],
    scope: listScope,
    hint: 'Export',
    isEnabled: hasRun,
  },
]);

export type PastRunCommandId = 'pastRun.details' | 'pastRun.approve' | 'pastRun.export';

const scope = 'Run';

export interface PastRunCommandState {
  readonly run: Run;
  /** The later run that holds what is still open of this one; null when there is none. */
  readonly newer: number | null;
  readonly line: LoggedChange | undefined;
}

export const pastRunCommands = defineCommands<PastRunCommandState, PastRunCommandId>([
  {
    id: 'pastRun.details',
    title: 'Old and new values of a person',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: ({ line }) => line !== undefined || 'There is nobody here.',
  },
  {
    id: 'pastRun.approve',
    title: 'Look at what a run holds, and approve or reject it',
    keys: ['A'],
    scope,
    hint: 'Approve',
    isEnabled: ({ run: { id, state, dryRun } }) => {
      if (dryRun) return 'A simulation holds nothing.';
      return (
        state === 'awaitingApproval' || state === 'superseded' || `Run ${id} does not wait for approval.`
      );
    },
  },
  { id: 'pastRun.export', title: 'Write all of it to a file', keys: ['x'], scope, hint: 'Export' },
]);
