import type { Core } from '../core.ts';
import type { ImportOptions } from '../import/run-import.ts';
import type { Run, RunRequest } from '../runs/run.ts';
import { startThread } from '../thread.ts';
import type { ImportMessage, ImportTask } from './import-thread.ts';

/** Objects of a batch live until it is stored: more room for young ones would only be filled. */
const youngMegabytes = 16;

/**
 * Imports like {@link Core.importUsers}, in a thread of its own with a core of its own: a console goes on
 * drawing, and the memory that an import takes has a limit.
 * @throws {MfaError} as `importUsers` does
 */
export async function importInThread(
  core: Pick<Core, 'dataDirectory' | 'actor'>,
  request: RunRequest,
  options: ImportOptions = {},
): Promise<Run> {
  const { dryRun = false, resumes = null, signal, onProgress, onChanges } = options;
  const { dataDirectory, actor } = core;
  const tellsChanges = onChanges !== undefined;
  const task: ImportTask = { dataDirectory, actor, request, dryRun, resumes, tellsChanges };
  const thread = startThread<ImportMessage, 'next' | 'cancel'>('import-thread', task, youngMegabytes);
  const cancel = () => thread.say('cancel');
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted) cancel();
  try {
    for await (const message of thread.messages()) {
      if (message.kind === 'end') return message.run;
      if (message.kind === 'progress') onProgress?.(message.progress);
      else {
        await onChanges?.(message.changes);
        thread.say('next');
      }
    }
    throw new Error('The import ended without a result.');
  } finally {
    signal?.removeEventListener('abort', cancel);
    // It ends by itself, soon after this where somebody failed to take its changes: never in the middle of a write.
    cancel();
    await thread.ended;
  }
}
