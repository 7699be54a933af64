import { countOf } from '../../../core/count-text.ts';
import type { ConnectionCheck } from '../../../core/directory/directory-connection.ts';

/** `stopped`: given up before the last check. */
export type Phase = 'running' | 'done' | 'stopped';

export interface DoctorState {
  readonly phase: Phase;
  readonly checks: readonly ConnectionCheck[];
  /** The check whose whole text is shown. */
  readonly cursor: number;
  /** Somebody has moved the cursor, which then stays where it was put. */
  readonly isMoved: boolean;
}

export type DoctorAction =
  | { readonly type: 'begin' }
  | { readonly type: 'check'; readonly check: ConnectionCheck }
  | { readonly type: 'end'; readonly phase: 'done' | 'stopped' }
  | { readonly type: 'move'; readonly by: number };

export const initialDoctor: DoctorState = { phase: 'running', checks: [], cursor: 0, isMoved: false };

export function reduceDoctor(state: DoctorState, action: DoctorAction): DoctorState {
  switch (action.type) {
    case 'begin':
      return initialDoctor;
    case 'check': {
      const checks = [...state.checks, action.check];
      return { ...state, checks, cursor: state.isMoved ? state.cursor : checks.length - 1 };
    }
    case 'end': {
      // What must be mended first is what everything after it depends on; where nothing must, they are read from above.
      const cursor = state.isMoved ? state.cursor : Math.max(0, state.checks.findIndex(isFailed));
      return { ...state, phase: action.phase, cursor };
    }
    case 'move': {
      const cursor = Math.max(0, Math.min(state.checks.length - 1, state.cursor + action.by));
      return { ...state, cursor, isMoved: true };
    }
  }
}

/** How a check ended. */
export type Verdict = 'ok' | 'note' | 'failed' | 'skipped';

/** A check that is ok and still has advice is a note. */
export function verdictOf({ ok, advice, wasTried }: ConnectionCheck): Verdict {
  if (!wasTried) return 'skipped';
  if (!ok) return 'failed';
  return advice === null ? 'ok' : 'note';
}

export function isFailed(check: ConnectionCheck): boolean {
  return verdictOf(check) === 'failed';
}

/** Whether every check was done and none failed. */
export function isSound({ phase, checks }: Pick<DoctorState, 'phase' | 'checks'>): boolean {
  return phase === 'done' && checks.length > 0 && checks.every(({ ok }) => ok);
}

/** How it stands, in a few words. */
export function doctorSummary({ phase, checks }: DoctorState): string {
  if (phase === 'running') return 'testing';
  const failed = checks.filter(isFailed).length;
  const notes = checks.filter((check) => verdictOf(check) === 'note').length;
  if (failed > 0) return [`${countOf(failed, 'check')} failed`, ...soundText(checks)].join('; ');
  if (phase === 'stopped') return 'stopped before the end';
  return notes === 0 ? 'all is well' : `all is well, ${countOf(notes, 'note')}`;
}

/** Which of several servers can be used whatever the others do; empty for none. */
function soundText(checks: DoctorState['checks']): readonly string[] {
  const servers = [...new Set(checks.flatMap(({ server }) => (server === null ? [] : [server])))];
  const sound = servers.filter((server) => checks.every((check) => check.server !== server || check.ok));
  return sound.length === 0 ? [] : [`${sound.join(', ')} ${sound.length === 1 ? 'works' : 'work'}`];
}
