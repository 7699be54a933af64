import { countText } from '../../core/count-text.ts';
import type { RunProgress } from '../../core/import/run-writer.ts';
import { type ChangeKind, noCounts, type Run, type RunCounts } from '../../core/runs/run.ts';
import { initialProgress, type ProgressState, reduceProgress } from '../widgets/progress/state.ts';
import type { TabsState } from '../widgets/tabs/state.ts';

export type Kind = ChangeKind | 'all';

/** `stopping`: the batch that is being written is the last one. `broken`: it did not even begin. */
export type Phase = 'running' | 'stopping' | 'ended' | 'broken';

export interface RunState {
  readonly purpose: Run['purpose'];
  /** Nothing is written. */
  readonly isPreview: boolean;
  readonly phase: Phase;
  /** Null until the first batch is done. */
  readonly runId: number | null;
  readonly counts: RunCounts;
  readonly progress: ProgressState;
  /** How it ended; null before. */
  readonly run: Run | null;
  /** What went wrong and what to do; empty when nothing did. */
  readonly failure: string;
  /** Which lines are listed. */
  readonly kind: Kind;
}

export type RunAction =
  | {
      readonly type: 'begin';
      readonly isPreview: boolean;
      readonly nowMs: number;
      readonly total: number | null;
    }
  /** Somebody has counted how many there will be. */
  | { readonly type: 'counted'; readonly total: number }
  | { readonly type: 'progress'; readonly nowMs: number; readonly progress: RunProgress }
  | { readonly type: 'stop' }
  | { readonly type: 'end'; readonly run: Run }
  /** It goes on elsewhere, or has ended there; counted from its start by the same clock as `nowMs`. */
  | { readonly type: 'looked'; readonly run: Run; readonly nowMs: number }
  | { readonly type: 'broken'; readonly failure: string }
  | { readonly type: 'kind'; readonly kind: Kind };

export function initialRun(purpose: Run['purpose'], isPreview: boolean, nowMs: number): RunState {
  return {
    purpose,
    isPreview,
    phase: 'running',
    runId: null,
    counts: noCounts,
    progress: initialProgress(nowMs),
    run: null,
    failure: '',
    kind: 'all',
  };
}

export function reduceRun(state: RunState, action: RunAction): RunState {
  switch (action.type) {
    case 'begin': {
      const { isPreview, nowMs, total } = action;
      return {
        ...initialRun(state.purpose, isPreview, nowMs),
        progress: { ...initialProgress(nowMs), total },
      };
    }
    case 'counted':
      return { ...state, progress: { ...state.progress, total: action.total } };
    case 'progress': {
      const { runId, counts, current } = action.progress;
      const advanced = { type: 'advanced', nowMs: action.nowMs, done: counts.read } as const;
      const progress = reduceProgress(state.progress, { ...advanced, current: current ?? '' });
      return { ...state, runId, counts, progress };
    }
    case 'stop':
      return state.phase === 'running' ? { ...state, phase: 'stopping' } : state;
    case 'looked': {
      const { run, nowMs } = action;
      if (run.state !== 'running') return reduceRun(state, { type: 'end', run });
      // Where nothing has changed there are no new lines to be read.
      const counts = isSame(state.counts, run.counts) ? state.counts : run.counts;
      const advanced = { type: 'advanced', nowMs, done: counts.read } as const;
      return { ...state, runId: run.id, counts, progress: reduceProgress(state.progress, advanced) };
    }
    case 'end': {
      const { run } = action;
      const { id: runId, counts, error } = run;
      const kind = state.kind === 'all' ? urgentKind(state, run) : state.kind;
      return { ...state, phase: 'ended', run, runId, counts, failure: error?.message ?? '', kind };
    }
    case 'broken':
      return { ...state, phase: 'broken', failure: action.failure };
    case 'kind':
      return { ...state, kind: action.kind };
  }
}

function isSame(a: RunCounts, b: RunCounts): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What failed or waits for somebody is shown first, because nobody looks for it behind 100,000 others. */
function urgentKind({ isPreview }: RunState, { counts, state }: Run): Kind {
  if (isPreview) return 'all';
  if (counts.failed > 0) return 'failed';
  return state === 'awaitingApproval' ? 'held' : 'all';
}

export const isRunning = ({ phase }: Pick<RunState, 'phase'>) => phase === 'running' || phase === 'stopping';

/** How many were or would be written. */
export function written({ counts }: Pick<RunState, 'counts'>): number {
  return counts.added + counts.updated + counts.enabled + counts.disabled + counts.removed;
}

/** How many could not be taken, although they were to be. */
export const refused = ({ counts }: Pick<RunState, 'counts'>) => counts.failed + counts.conflicts;

/** Whether what is left of it can be done. */
export function isResumable({ run, isPreview }: RunState): boolean {
  return run !== null && !isPreview && run.state !== 'completed' && run.state !== 'running';
}

/** The number of lines of a kind; null for all, whose unchanged ones are not in the log. */
export function countOfKind(counts: RunCounts, kind: Kind): number | null {
  if (kind === 'all') return null;
  return kind === 'conflict' ? counts.conflicts : counts[kind];
}

const kindNames: Readonly<
  Record<Exclude<ChangeKind, 'unchanged'>, readonly [preview: string, done: string]>
> = {
  added: ['add', 'added'],
  updated: ['update', 'updated'],
  enabled: ['enable', 'enabled'],
  disabled: ['disable', 'disabled'],
  removed: ['remove', 'removed'],
  held: ['hold', 'held'],
  skipped: ['skip', 'skipped'],
  conflict: ['conflict', 'conflict'],
  failed: ['fail', 'failed'],
};

/** Kinds whose number matters also when it is 0; the others are left out then. */
const usualKinds: ReadonlySet<string> = new Set(['added', 'updated', 'skipped', 'conflict']);

/** The kinds with their numbers, as tabs. */
export function kindTabs({ counts, isPreview, run, kind }: RunState): TabsState<Kind> {
  const problems = new Set<string>(['conflict', 'failed']);
  if (run?.state === 'awaitingApproval' && !isPreview) problems.add('held');
  const tabs = Object.entries(kindNames).flatMap(([id, [preview, done]]) => {
    const count = countOfKind(counts, id as Kind) ?? 0;
    const isUsual = usualKinds.has(id) || (id === 'failed' && !isPreview);
    if (count === 0 && !isUsual) return [];
    const title = `${isPreview ? preview : done} ${countText(count)}`;
    return [{ id: id as Kind, title, hasProblem: problems.has(id) && count > 0 }];
  });
  return { tabs: [{ id: 'all', title: 'All' }, ...tabs], active: kind };
}
