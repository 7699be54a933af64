import { parentPort, workerData } from 'node:worker_threads';
import { openCore } from '../core.ts';
import type { DataDirectory } from '../data-directory.ts';
import { type ServerReport, type ServerRest, systemServers } from '../directory/directory-servers.ts';
import type { RunOptions, RunProgress } from '../import/run-writer.ts';
import type { Run, RunChange, RunRequest } from '../runs/run.ts';
import type { SyncOrder } from '../sync/synchronization.ts';
import { packError, type ThreadFailure } from '../thread.ts';

/** What a thread can run, with what its method of the core takes. */
export type ThreadedWork =
  | { readonly kind: 'import'; readonly request: RunRequest }
  | { readonly kind: 'synchronize'; readonly order: SyncOrder }
  | { readonly kind: 'approve'; readonly id: number; readonly users: readonly string[] | undefined };

/** What the thread is started with. */
export interface RunTask {
  dataDirectory: DataDirectory;
  actor: string;
  /** Servers of the directory that could not be used lately. */
  resting: readonly ServerRest[];
  work: ThreadedWork;
  dryRun: boolean;
  resumes: number | null;
  /** Whether the changes are told; the thread waits for `next` after each batch of them. */
  tellsChanges: boolean;
}

/** What it says. It understands `next` and `cancel`. */
export type RunMessage =
  | { readonly kind: 'server'; readonly report: ServerReport }
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'changes'; readonly changes: readonly RunChange[] }
  | { readonly kind: 'end'; readonly run: Run }
  | ThreadFailure;

const port = parentPort;
if (port === null) throw new Error('Runs of the background run as a thread.');
const task = workerData as RunTask;
const cancellation = new AbortController();
let proceed: (() => void) | undefined;
port.on('message', (message: string) => {
  if (message === 'cancel') cancellation.abort();
  proceed?.();
});

try {
  const directoryServers = systemServers({
    resting: task.resting,
    onReport: (report) => say({ kind: 'server', report }),
  });
  const core = openCore({ ...task, directoryServers });
  try {
    const options: RunOptions = {
      dryRun: task.dryRun,
      resumes: task.resumes,
      signal: cancellation.signal,
      onProgress: (progress) => say({ kind: 'progress', progress }),
      ...(task.tellsChanges && { onChanges: tellChanges }),
    };
    const { work } = task;
    const run =
      work.kind === 'import'
        ? await core.importUsers(work.request, options)
        : work.kind === 'synchronize'
          ? await core.synchronization.run(work.order, options)
          : await core.synchronization.approve(work.id, work.users, options);
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

function say(message: RunMessage): void {
  port?.postMessage(message);
}
