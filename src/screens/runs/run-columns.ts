import type { Run } from '../../core/runs/run.ts';
import { countText } from '../text/count-text.ts';
import { momentText } from '../text/moment-text.ts';
import type { TableColumn } from '../widgets/table/columns.ts';

/** Imports and previews, newest first. */
export function runColumns(now: () => Date): readonly TableColumn<Run>[] {
  const count = (id: string, title: string, minWidth: number, of: (run: Run) => number, priority = 0) => {
    const value = (run: Run) => countText(of(run));
    return { id, title, minWidth, align: 'right' as const, priority, value };
  };
  return [
    count('id', 'Run', 5, ({ id }) => id),
    { id: 'started', title: 'Started', minWidth: 16, value: ({ startedAt }) => momentText(startedAt, now()) },
    {
      id: 'what',
      title: 'What',
      minWidth: 7,
      value: ({ dryRun, purpose }) => (dryRun ? 'preview' : purpose),
    },
    {
      id: 'state',
      title: 'State',
      minWidth: 11,
      value: ({ state }) => state,
      token({ state }) {
        if (state === 'completed') return undefined;
        return state === 'running' || state === 'cancelled' ? 'warning' : 'error';
      },
    },
    count('read', 'Read', 7, ({ counts }) => counts.read),
    count('added', 'Added', 7, ({ counts }) => counts.added),
    count('updated', 'Updated', 7, ({ counts }) => counts.updated),
    count('skipped', 'Skipped', 7, ({ counts }) => counts.skipped, 2),
    count('conflicts', 'Conflicts', 9, ({ counts }) => counts.conflicts, 1),
    count('failed', 'Failed', 7, ({ counts }) => counts.failed, 1),
    { id: 'by', title: 'By', minWidth: 12, flex: 1, priority: 3, value: ({ startedBy }) => startedBy },
  ];
}
