import { countText } from '../../core/count-text.ts';
import { type Run, runStateNames } from '../../core/runs/run.ts';
import { momentText } from '../text/moment-text.ts';
import type { TableColumn } from '../widgets/table/columns.ts';
import { secondsText, stateToken, whatText } from './run-text.ts';
import { written } from './state.ts';

/** Imports, synchronizations and what was only tried, newest first. */
export function runColumns(now: () => Date): readonly TableColumn<Run>[] {
  const count = (id: string, title: string, minWidth: number, of: (run: Run) => number, priority = 0) => {
    const value = (run: Run) => countText(of(run));
    return { id, title, minWidth, align: 'right' as const, priority, value };
  };
  return [
    count('id', 'Run', 5, ({ id }) => id),
    { id: 'started', title: 'Started', minWidth: 16, value: ({ startedAt }) => momentText(startedAt, now()) },
    { id: 'what', title: 'What', minWidth: 10, flex: 1, value: whatText },
    {
      id: 'state',
      title: 'State',
      minWidth: 15,
      value: stateText,
      token: stateToken,
    },
    count('read', 'Read', 7, ({ counts }) => counts.read),
    count('changed', 'Changed', 7, written),
    count('held', 'Held', 6, ({ counts }) => counts.held, 1),
    count('conflicts', 'Conflicts', 9, ({ counts }) => counts.conflicts, 3),
    count('failed', 'Failed', 7, ({ counts }) => counts.failed, 3),
    {
      id: 'seconds',
      title: 'Time',
      minWidth: 7,
      align: 'right',
      priority: 2,
      value: ({ seconds }) => (seconds === null ? '-' : secondsText(seconds)),
    },
    { id: 'by', title: 'By', minWidth: 12, flex: 1, priority: 4, value: ({ startedBy }) => startedBy },
  ];
}

/** A simulation waits for nobody. */
function stateText({ state, dryRun }: Run): string {
  return dryRun && state === 'awaitingApproval' ? 'would wait' : runStateNames[state];
}
