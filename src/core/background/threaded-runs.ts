import type { Core } from '../core.ts';
import type { RunOptions } from '../import/run-writer.ts';
import type { ImportRun, Run, RunRequest, SyncRun } from '../runs/run.ts';
import type { SyncOrder } from '../sync/synchronization.ts';
import { startThread } from '../thread.ts';
import type { RunMessage, RunTask, ThreadedWork } from './run-thread.ts';

/** What a thread needs to open a core of its own, and tells of. */
export type ThreadCore = Pick<Core, 'dataDirectory' | 'actor' | 'directoryServers'>;

/** Objects of a batch live until it is stored: more room for young ones would only be filled. */
const youngMegabytes = 16;

/**
 * Imports like {@link Core.importUsers}, in a thread of its own with a core of its own: a console goes on
 * drawing, and the memory that an import takes has a limit.
 * @throws {MfaError} as `importUsers` does
 */
export async function importInThread(
  core: ThreadCore,
  request: RunRequest,
  options: RunOptions = {},
): Promise<ImportRun> {
  return (await runInThread(core, { kind: 'import', request }, options)) as ImportRun;
}

/**
 * Synchronizes like {@link Core.synchronization}'s `run`, in a thread as {@link importInThread}.
 * @throws {MfaError} as `run` does
 */
export async function synchronizeInThread(
  core: ThreadCore,
  order: SyncOrder,
  options: RunOptions = {},
): Promise<SyncRun> {
  return (await runInThread(core, { kind: 'synchronize', order }, options)) as SyncRun;
}

/**
 * Approves like {@link Core.synchronization}'s `approve`, in a thread as {@link importInThread}.
 * @param users usernames; undefined approves all that the run holds
 * @throws {MfaError} as `approve` does
 */
export async function approveInThread(
  core: ThreadCore,
  id: number,
  users: readonly string[] | undefined,
  options: RunOptions = {},
): Promise<SyncRun> {
  return (await runInThread(core, { kind: 'approve', id, users }, options)) as SyncRun;
}

async function runInThread(core: ThreadCore, work: ThreadedWork, options: RunOptions): Promise<Run> {
  const { dryRun = false, resumes = null, signal, onProgress, onChanges } = options;
  const { dataDirectory, actor, directoryServers } = core;
  const tellsChanges = onChanges !== undefined;
  const resting = directoryServers.resting();
  const task: RunTask = { dataDirectory, actor, resting, work, dryRun, resumes, tellsChanges };
  const thread = startThread<RunMessage, 'next' | 'cancel'>('run-thread', task, youngMegabytes);
  const cancel = () => thread.say('cancel');
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  try {
    for await (const message of thread.messages()) {
      if (message.kind === 'end') return message.run;
      if (message.kind === 'server') directoryServers.learn(message.report);
      else if (message.kind === 'progress') onProgress?.(message.progress);
      else {
        await onChanges?.(message.changes);
        thread.say('next');
      }
    }
    throw new Error('The run ended without a result.');
  } finally {
    signal?.removeEventListener('abort', cancel);
    // It ends by itself, soon after this where somebody failed to take its changes: never in the middle of a write.
    cancel();
    await thread.ended;
  }
}
