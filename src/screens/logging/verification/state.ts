import type { AuditVerification } from '../../../core/audit/chain-verifier.ts';
import { countOf, countText } from '../../../core/count-text.ts';
import type { Fact } from '../../widgets/facts/facts-lines.ts';
import { initialProgress, type ProgressState, reduceProgress } from '../../widgets/progress/state.ts';

export interface VerificationState {
  readonly progress: ProgressState;
  /** Null while it is not known. */
  readonly result: AuditVerification | null;
  /** The head that was to be found again; null when none was named. */
  readonly expected: string | null;
}

export type VerificationAction =
  | { readonly type: 'begin'; readonly nowMs: number; readonly expected: string | null }
  | {
      readonly type: 'progress';
      readonly nowMs: number;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'end'; readonly result: AuditVerification };

export function initialVerification(nowMs: number): VerificationState {
  return { progress: initialProgress(nowMs), result: null, expected: null };
}

export function reduceVerification(state: VerificationState, action: VerificationAction): VerificationState {
  switch (action.type) {
    case 'begin':
      return { ...initialVerification(action.nowMs), expected: action.expected };
    case 'progress': {
      const { nowMs, done, total } = action;
      return { ...state, progress: reduceProgress(state.progress, { type: 'advanced', nowMs, done, total }) };
    }
    case 'end':
      return { ...state, result: action.result };
  }
}

/** What was found. */
export function verificationFacts({ result, expected }: VerificationState): readonly Fact[] {
  if (result === null) return [];
  const { ok, events, erased, head, problems } = result;
  const verdict: Fact = ok
    ? { label: 'Result', value: `The audit log is intact: ${countOf(events, 'event')}.`, token: 'ok' }
    : { label: 'Result', value: `The audit log is broken: ${countOf(events, 'event')}.`, token: 'error' };
  return [
    verdict,
    ...(erased > 0
      ? [{ label: '', value: `${countText(erased)} of them told of people whose data was erased.` }]
      : []),
    ...(ok && expected !== null ? [{ label: '', value: 'It still contains the head that you named.' }] : []),
    ...problems.map(({ sequence, problem }): Fact => {
      return { label: `Event ${sequence}`, value: problem, token: 'error' };
    }),
    ...(ok ? headFacts(head) : [{ label: 'Advice', value: whatToDo }]),
  ];
}

function headFacts(head: string | null): readonly Fact[] {
  if (head === null) return [];
  return [
    { label: '', value: '' },
    { label: 'Head', value: head },
    {
      label: '',
      value:
        'Note it on another machine. Compared with it later, the log shows whether an older copy was put in its place.',
    },
  ];
}

const whatToDo = 'Find out who could write the database, and compare with an export or a backup.';
