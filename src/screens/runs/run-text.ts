import { countOf, countText } from '../../core/count-text.ts';
import { type Run, runStateNames } from '../../core/runs/run.ts';
import { kindText } from '../../core/runs/run-texts.ts';
import type { Token } from '../theme/style.ts';
import type { RunState } from './state.ts';

type Purpose = Run['purpose'];

const doing: Readonly<Record<Purpose, readonly [preview: string, writing: string]>> = {
  import: ['previewing', 'importing'],
  synchronization: ['simulating', 'synchronizing'],
};

const done: Readonly<Record<Purpose, readonly [preview: string, written: string]>> = {
  import: ['preview, nothing is written yet', 'imported'],
  synchronization: ['simulation, nothing is written', 'synchronized'],
};

/** How it stands with a run, in a few words. */
export function standing(state: RunState): { readonly text: string; readonly token: Token } {
  const { purpose, isPreview, phase, run } = state;
  if (phase === 'running') return { text: doing[purpose][isPreview ? 0 : 1], token: 'accent' };
  if (phase === 'stopping') return { text: 'stopping after this batch', token: 'warning' };
  if (phase === 'broken' || run === null) return { text: 'not started', token: 'error' };
  const hasEnded = run.state === 'completed' || run.state === 'awaitingApproval';
  if (isPreview && hasEnded) return { text: done[purpose][0], token: 'accent' };
  if (run.state === 'completed') return { text: doneText(run), token: 'ok' };
  if (run.state === 'cancelled') return { text: 'stopped', token: 'warning' };
  return { text: runStateNames[run.state], token: stateToken(run) ?? 'ok' };
}

function doneText(run: Run): string {
  const isApproval = run.purpose === 'synchronization' && run.request.approves !== null;
  return isApproval ? 'approved changes are done' : done[run.purpose][1];
}

/** What needs somebody stands out. */
export function stateToken({ state }: Pick<Run, 'state'>): Token | undefined {
  switch (state) {
    case 'completed':
    case 'approved':
      return undefined;
    case 'superseded':
    case 'rejected':
      return 'dim';
    case 'running':
    case 'cancelled':
    case 'awaitingApproval':
      return 'warning';
    case 'failed':
    case 'interrupted':
      return 'error';
  }
}

/** "Run 12: 427 read, 12 unchanged, 0.4 s, 1,030 a second. x writes it to a file." */
export function summaryText({ run, counts }: RunState): string {
  if (run === null) return 'Nothing was written.';
  const seconds = run.seconds ?? 0;
  const parts = [
    `${countText(counts.read)} read`,
    `${countText(counts.unchanged)} unchanged`,
    ...mailParts(counts),
    secondsText(seconds),
    ...(seconds > 0 && counts.read > 0 ? [`${countText(counts.read / seconds)} a second`] : []),
  ];
  return `Run ${run.id}: ${parts.join(', ')}. x writes it to a file.`;
}

function mailParts({ mails, mailsNotSent = 0 }: RunState['counts']): string[] {
  if (mails === undefined) return [];
  return [
    countOf(mails, 'mail'),
    ...(mailsNotSent > 0 ? [`${countText(mailsNotSent)} of them not sent`] : []),
  ];
}

/** `0.4 s`, `12 s`. */
export function secondsText(seconds: number): string {
  return `${seconds < 10 ? seconds.toFixed(1) : countText(seconds)} s`;
}

/** What a run is: `import`, `preview`, `simulation`, or how a synchronization reads the directory. */
export function whatText(run: Run): string {
  if (run.dryRun) return run.purpose === 'import' ? 'preview' : 'simulation';
  return run.purpose === 'import' || run.request.approves !== null ? kindText(run) : `sync, ${kindText(run)}`;
}
