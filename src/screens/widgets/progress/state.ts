import { countText } from '../../../core/count-text.ts';

/** How far a long job is. Times are milliseconds of any clock that only goes forward. */
export interface ProgressState {
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
  readonly startedMs: number;
  readonly nowMs: number;
  /** What is being worked on. */
  readonly current: string;
}

export type ProgressAction =
  | { readonly type: 'started'; readonly nowMs: number; readonly total: number | null }
  | {
      readonly type: 'advanced';
      readonly nowMs: number;
      readonly done: number;
      readonly total?: number | null;
      readonly current?: string;
    };

export function initialProgress(nowMs: number): ProgressState {
  return { done: 0, total: null, startedMs: nowMs, nowMs, current: '' };
}

export function reduceProgress(state: ProgressState, action: ProgressAction): ProgressState {
  if (action.type === 'started') return { ...initialProgress(action.nowMs), total: action.total };
  return {
    ...state,
    nowMs: action.nowMs,
    done: action.done,
    total: action.total === undefined ? state.total : action.total,
    current: action.current ?? state.current,
  };
}

/** Items a second since the start; 0 in the first moment. */
export function ratePerSecond({ done, startedMs, nowMs }: ProgressState): number {
  const seconds = (nowMs - startedMs) / 1000;
  return seconds < 0.2 ? 0 : done / seconds;
}

/** Seconds until the end at the present rate; null when nobody knows. */
export function secondsLeft(state: ProgressState): number | null {
  const rate = ratePerSecond(state);
  return state.total === null || rate === 0
    ? null
    : Math.max(0, Math.ceil((state.total - state.done) / rate));
}

/** "61,000 of 100,000  9,800/s  4 s left". */
export function progressText(state: ProgressState): string {
  const parts = [
    state.total === null ? countText(state.done) : `${countText(state.done)} of ${countText(state.total)}`,
  ];
  const rate = ratePerSecond(state);
  if (rate > 0) parts.push(`${countText(rate)}/s`);
  const left = secondsLeft(state);
  if (left !== null) parts.push(`${durationText(left)} left`);
  return parts.join('  ');
}

function durationText(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
