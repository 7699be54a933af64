import { parentPort, workerData } from 'node:worker_threads';
import { openCore } from '../core.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { ImportProgress } from '../import/run-import.ts';
import type { Run, RunChange, RunRequest } from '../runs/run.ts';
import { packError, type ThreadFailure } from '../thread.ts';

/** What the thread is started with. */
export interface ImportTask {
  dataDirectory: DataDirectory;
  actor: string;
  request: RunRequest;
  dryRun: boolean;
  resumes: number | null;
  /** Whether the changes are told; the thread waits for `next` after each batch of them. */
  tellsChanges: boolean;
}

/** What it says. It understands `next` and `cancel`. */
export type ImportMessage =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'changes'; readonly changes: readonly RunChange[] }
  | { readonly kind: 'end'; readonly run: Run }
  | ThreadFailure;

const port = parentPort;
if (port === null) throw new Error('The import runs as a thread.');
const task = workerData as ImportTask;
const cancellation = new AbortController();
let proceed: (() => void) | undefined;
port.on('message', (message: string) => {
  if (message === 'cancel') cancellation.abort();
  proceed?.();
});

try {
  const core = openCore(task);
  try {
    const run = await core.importUsers(task.request, {
      dryRun: task.dryRun,
      resumes: task.resumes,
      signal: cancellation.signal,
      onProgress: (progress) => say({ kind: 'progress', progress }),
      ...(task.tellsChanges && { onChanges: tellChanges }),
    });
    say({ kind: 'end', run });
  } finally {
    core.close();
  }
} catch (error) {
  say({ kind: 'failure', error: packError(error) });
} finally {
  port.close();
}

async function tellChanges(changes: readonly RunChange[]): Promise<void> {
  const told = new Promise<void>((resolve) => {
    proceed = resolve;
  });
  say({ kind: 'changes', changes });
  await told;
}

function say(message: ImportMessage): void {
  port?.postMessage(message);
}
