import type { ImportProgress } from '../../core/import/run-import.ts';
import { type ChangeKind, noCounts, type Run, type RunCounts } from '../../core/runs/run.ts';
import { countText } from '../text/count-text.ts';
import { initialProgress, type ProgressState, reduceProgress } from '../widgets/progress/state.ts';
import type { TabsState } from '../widgets/tabs/state.ts';

export type Kind = ChangeKind | 'all';

/** `stopping`: the batch that is being written is the last one. `broken`: it did not even begin. */
export type Phase = 'running' | 'stopping' | 'ended' | 'broken';

export interface RunState {
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
  | { readonly type: 'progress'; readonly nowMs: number; readonly progress: ImportProgress }
  | { readonly type: 'stop' }
  | { readonly type: 'end'; readonly run: Run }
  | { readonly type: 'broken'; readonly failure: string }
  | { readonly type: 'kind'; readonly kind: Kind };

export function initialRun(isPreview: boolean, nowMs: number): RunState {
  return {
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
      return { ...initialRun(isPreview, nowMs), progress: { ...initialProgress(nowMs), total } };
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

/** After an import what failed is shown first, because nobody looks for it behind 100,000 who did not. */
function urgentKind({ isPreview }: RunState, { counts }: Run): Kind {
  return !isPreview && counts.failed > 0 ? 'failed' : 'all';
}

export const isRunning = ({ phase }: Pick<RunState, 'phase'>) => phase === 'running' || phase === 'stopping';

/** How many were or would be written. */
export const written = ({ counts }: Pick<RunState, 'counts'>) => counts.added + counts.updated;

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

/** The kinds with their numbers, as tabs. */
export function kindTabs({ counts, isPreview, kind }: RunState): TabsState<Kind> {
  const names = isPreview
    ? ({ added: 'add', updated: 'update', skipped: 'skip', conflict: 'conflict' } as const)
    : ({
        added: 'added',
        updated: 'updated',
        skipped: 'skipped',
        conflict: 'conflict',
        failed: 'failed',
      } as const);
  const tabs = Object.entries(names).map(([id, name]) => {
    const count = countOfKind(counts, id as Kind) ?? 0;
    return {
      id: id as Kind,
      title: `${name} ${countText(count)}`,
      hasProblem: (id === 'conflict' || id === 'failed') && count > 0,
    };
  });
  return { tabs: [{ id: 'all', title: 'All' }, ...tabs], active: kind };
}
