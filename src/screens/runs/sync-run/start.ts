import { synchronizeInThread } from '../../../core/background/threaded-runs.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { cancelled, confirmed, type QuestionDialog } from '../../widgets/dialog/state.ts';

/** Whom a synchronization is about. */
export interface SyncSubject {
  /** A username, DN or directory id; null for everybody of all items. */
  readonly user: string | null;
  /** As people read it. */
  readonly text: string;
  /** How many users that is about; null when nobody has counted. */
  readonly users: number | null;
}

/** Simulates, or synchronizes after a question whose safe answer is the simulation. */
export async function startSynchronization(
  context: ScreenContext,
  subject: SyncSubject,
  isSimulation: boolean,
  onWritten: () => void,
): Promise<void> {
  if (isSimulation) return open(context, subject, { isSimulation, isFull: false, onWritten });
  const answer = await context.overlays.ask(startQuestion(subject));
  if (answer === cancelled) return;
  open(context, subject, { isSimulation: answer === 'simulate', isFull: answer === 'full', onWritten });
}

interface Start {
  readonly isSimulation: boolean;
  /** Everybody is read, also where changes could be. */
  readonly isFull: boolean;
  onWritten(): void;
}

function open(
  context: ScreenContext,
  { user, text, users }: SyncSubject,
  { isSimulation, isFull, onWritten }: Start,
): void {
  const order = user === null ? { full: isFull } : { user };
  context.open(
    import('./screen.tsx').then(({ openSyncRun }) =>
      openSyncRun(context, {
        title: 'Synchronization',
        act: 'Synchronize',
        whom: text,
        users,
        isSimulation,
        execute: (options) => synchronizeInThread(context.core, order, options),
        onWritten,
        onApprove: (id) =>
          context.open(
            import('../approval/screen.tsx').then(({ openApproval }) => openApproval(context, { id })),
          ),
      }),
    ),
  );
}

function startQuestion({ user, text }: SyncSubject): QuestionDialog {
  return {
    kind: 'question',
    title: 'Synchronize now',
    text: `Synchronize ${text}? What would disable or remove more users than allowed waits for approval.`,
    buttons: [
      { id: 'simulate', label: 'Simulate' },
      { id: confirmed, label: 'Synchronize' },
      ...(user === null ? [{ id: 'full', label: 'Read everybody' }] : []),
      { id: cancelled, label: 'Cancel' },
    ],
    focused: 0,
    escape: cancelled,
  };
}
