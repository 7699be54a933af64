import type { Selection } from '../directory/directory.ts';
import type { ImportRules } from '../import/import-rules.ts';

/** What may happen to one person in a run. */
export const changeKinds = ['added', 'updated', 'unchanged', 'skipped', 'conflict', 'failed'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** A field's value before and after. */
export type FieldChange = readonly [before: unknown, after: unknown];

/** One line of a run's log. */
export interface RunChange {
  change: ChangeKind;
  /** The username, or the DN of an entry that has none. */
  username: string | null;
  directoryId: string | null;
  /** Why it was skipped, is a conflict or failed; for the others what an administrator should know of it. */
  reason: string | null;
  fields: Record<string, FieldChange>;
  /** The audit event of what was written; null when nothing was. */
  auditSequence: number | null;
}

export interface RunCounts {
  /** Entries that the directory gave, each counted once: the sum of all others. */
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  skipped: number;
  conflicts: number;
  failed: number;
  /** Mails that were due to users, those included that could not be sent; left out when nobody was to get any. */
  mails?: number;
  /** Those of them that cannot be sent; the outbox says why. */
  mailsNotSent?: number;
}

export const noCounts: RunCounts = {
  read: 0,
  added: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  conflicts: 0,
  failed: 0,
};

/**
 * `interrupted`: the process that did it is gone. Every state but `running` and `completed` may be resumed:
 * what was committed stays, and the rest follows.
 */
export const runStates = ['running', 'completed', 'cancelled', 'failed', 'interrupted'] as const;
export type RunState = (typeof runStates)[number];

/** What a run was asked to do. */
export interface RunRequest {
  selection: Selection;
  rules: ImportRules;
}

/** One execution of an import. Moments are ISO 8601 UTC text. */
export interface Run {
  id: number;
  purpose: 'import';
  state: RunState;
  dryRun: boolean;
  request: RunRequest;
  counts: RunCounts;
  startedAt: string;
  startedBy: string;
  finishedAt: string | null;
  seconds: number | null;
  error: { code: string; message: string } | null;
  /** The run that this one continues. */
  resumes: number | null;
}

/** A run as scripts read it. */
export function runJson(run: Run) {
  const seconds = run.seconds ?? 0;
  return {
    id: run.id,
    purpose: run.purpose,
    state: run.state,
    dryRun: run.dryRun,
    counts: run.counts,
    seconds,
    usersPerSecond: seconds > 0 ? Math.round(run.counts.read / seconds) : 0,
    startedAt: run.startedAt,
    startedBy: run.startedBy,
    finishedAt: run.finishedAt,
    error: run.error,
    resumes: run.resumes,
    selection: run.request.selection,
  };
}

export function changeJson(change: RunChange) {
  return {
    change: change.change,
    username: change.username,
    directoryId: change.directoryId,
    reason: change.reason,
    fields: change.fields,
  };
}
