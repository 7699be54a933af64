import type { FieldChange, RunChange } from '../../core/runs/run.ts';
import type { LoggedChange } from '../../core/runs/run-log.ts';
import type { Runs } from '../../core/runs/runs.ts';
import { labelOf, valueText } from '../users/field-text.ts';
import { type ReportDialog, reportDialog } from '../widgets/dialog/state.ts';
import type { TableColumn } from '../widgets/table/columns.ts';
import type { RowSource } from '../widgets/table/row-source.ts';
import { countOfKind, type RunState } from './state.ts';

/** The log of a run as a list has no order but its own. */
export const changeColumns: readonly TableColumn<LoggedChange>[] = [
  {
    id: 'change',
    title: 'What',
    minWidth: 9,
    value: ({ change }) => change,
    token: ({ change }) => (change === 'failed' || change === 'conflict' ? 'error' : undefined),
  },
  { id: 'username', title: 'Username', minWidth: 16, flex: 1, value: ({ username }) => username ?? '-' },
  { id: 'detail', title: 'Detail', minWidth: 24, flex: 3, value: detailOf },
];

/** Reads the lines that are seen from the log, however long it is. */
export function changeSource(
  runs: Pick<Runs, 'changes' | 'countChanges'>,
  state: () => Pick<RunState, 'runId' | 'kind' | 'counts'>,
): RowSource<LoggedChange> {
  return {
    async load({ filter }, offset, limit) {
      const { runId, kind, counts } = state();
      if (runId === null) return { rows: [], total: 0, totalOfAll: null };
      const change = kind === 'all' ? undefined : kind;
      const text = filter.trim();
      const ofKind = countOfKind(counts, kind) ?? runs.countChanges(runId);
      return {
        rows: runs.changes(runId, { change, text, offset, limit }),
        total: text === '' ? ofKind : runs.countChanges(runId, { change, text }),
        totalOfAll: ofKind,
      };
    },
    ids: async () => [],
  };
}

function detailOf({ change, reason, fields }: RunChange): string {
  const changed = change === 'added' ? newUserText(fields) : changesOf(fields).join(', ');
  return [reason, changed].filter((part) => part).join('; ');
}

/** A new user in few words. */
function newUserText(fields: RunChange['fields']): string {
  const { firstName, lastName, phone, method, enabled } = fields;
  const name = [firstName, lastName].map((field) => field?.[1]).filter((part) => part);
  const shown = [
    name.join(' '),
    phone === undefined ? 'no phone' : valueText('phone', phone[1]),
    method === undefined ? '' : valueText('method', method[1]),
    enabled?.[1] === true ? '' : 'disabled',
  ];
  return shown.filter((part) => part !== '').join(', ');
}

const directoryLabels: Record<string, string> = {
  directoryId: 'Directory id',
  directoryDn: 'Distinguished name',
};

function changesOf(fields: RunChange['fields']): string[] {
  return Object.entries(fields).map(([name, [before, after]]: [string, FieldChange]) => {
    const label = directoryLabels[name] ?? labelOf(name);
    return `${label}: ${valueText(name, before)} -> ${valueText(name, after)}`;
  });
}

const outcomes: Record<RunChange['change'], readonly [preview: string, done: string]> = {
  added: ['would be added', 'was added'],
  updated: ['would be updated', 'was updated'],
  enabled: ['would be enabled', 'was enabled'],
  disabled: ['would be disabled', 'was disabled'],
  removed: ['would be removed', 'was removed'],
  held: ['would wait for approval', 'waits for approval'],
  unchanged: ['stays as it is', 'stayed as it is'],
  skipped: ['would be skipped', 'was skipped'],
  conflict: ['is a conflict', 'is a conflict'],
  failed: ['would fail', 'failed'],
};

/** Old and new values of one person. */
export function changeReport(line: RunChange, isPreview: boolean): ReportDialog {
  const { change, username, reason, fields } = line;
  const outcome = `${username ?? 'An entry'} ${outcomes[change][isPreview ? 0 : 1]}`;
  const text = reason === null ? `${outcome}.` : `${outcome}: ${reason}.`;
  return reportDialog(username ?? 'Entry', text, changesOf(fields));
}
