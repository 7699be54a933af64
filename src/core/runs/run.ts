import type { ChangeKind as ChangeKindOfDirectory } from '../directory/changes.ts';
import type { Selection } from '../directory/directory.ts';
import type { ImportRules } from '../import/import-rules.ts';

/** What may happen to one person in a run. */
export const changeKinds = [
  'added',
  'updated',
  'enabled',
  'disabled',
  'removed',
  'held',
  'unchanged',
  'skipped',
  'conflict',
  'failed',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Those that are written to users; `held` is what waits for approval. */
export const writtenKinds: ReadonlySet<ChangeKind> = new Set([
  'added',
  'updated',
  'enabled',
  'disabled',
  'removed',
]);

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
  /** Entries that the directory gave, each counted once. */
  read: number;
  added: number;
  updated: number;
  unchanged: number;
  /** Those that only synchronization makes; zero in an import. */
  disabled: number;
  enabled: number;
  removed: number;
  held: number;
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
  disabled: 0,
  enabled: 0,
  removed: 0,
  held: 0,
  skipped: 0,
  conflicts: 0,
  failed: 0,
};

/**
 * `interrupted`: the process that did it is gone. An import that is `cancelled`, `failed` or `interrupted` may be
 * resumed: what was committed stays, and the rest follows. A synchronization is simply done again.
 *
 * `awaitingApproval`: everything is done but what is held. Then it becomes `approved`, `rejected`, or `superseded`
 * by a later run, which holds by itself what is still to be decided.
 */
export const runStates = [
  'running',
  'completed',
  'cancelled',
  'failed',
  'interrupted',
  'awaitingApproval',
  'approved',
  'rejected',
  'superseded',
] as const;
export type RunState = (typeof runStates)[number];

/** The states in words. */
export const runStateNames: Readonly<Record<RunState, string>> = {
  running: 'running',
  completed: 'completed',
  cancelled: 'cancelled',
  failed: 'failed',
  interrupted: 'interrupted',
  awaitingApproval: 'awaits approval',
  approved: 'approved',
  rejected: 'rejected',
  superseded: 'superseded',
};

/** States of a run that came to its end. */
const endStates: ReadonlySet<RunState> = new Set([
  'completed',
  'awaitingApproval',
  'approved',
  'rejected',
  'superseded',
]);

export function hasReachedItsEnd({ state }: Pick<Run, 'state'>): boolean {
  return endStates.has(state);
}

/** What an import was asked to do. */
export interface RunRequest {
  selection: Selection;
  rules: ImportRules;
}

/** How a synchronization reads the directory. */
export type SyncKind = 'full' | ChangeKindOfDirectory;

/** The kinds in words; but for `full` they are what the directory tells changes by. */
export const syncKindNames: Readonly<Record<SyncKind, string>> = {
  full: 'full',
  dirSync: 'DirSync',
  usn: 'uSNChanged',
  timestamp: 'time stamps',
};

/** What a synchronization was asked to do. */
export interface SyncRequest {
  kind: SyncKind;
  /** Why it is of this kind, for people. */
  reason: string;
  /** The items in their order, as they were then. */
  items: readonly { readonly id: number; readonly name: string }[];
  /** The one user whom it is about; null for everybody. */
  user: string | null;
  /** The run whose held changes it applies. */
  approves: number | null;
  /** The service did it because it was due. Left out in runs of earlier versions. */
  scheduled?: boolean;
}

/** One execution of an import or a synchronization. Moments are ISO 8601 UTC text. */
export type Run = ImportRun | SyncRun;
export type ImportRun = RunFacts & RunOrder & { purpose: 'import' };
export type SyncRun = RunFacts & RunOrder & { purpose: 'synchronization' };

/** Why there is a run. */
export type RunOrder =
  | { purpose: 'import'; request: RunRequest }
  | { purpose: 'synchronization'; request: SyncRequest };

interface RunFacts {
  id: number;
  state: RunState;
  dryRun: boolean;
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
    ...(run.purpose === 'import'
      ? { selection: run.request.selection }
      : {
          kind: run.request.kind,
          reason: run.request.reason,
          user: run.request.user,
          approves: run.request.approves,
          scheduled: run.request.scheduled ?? false,
        }),
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
