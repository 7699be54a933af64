import { executeRun } from '../import/execute-run.ts';
import type { RunOptions, RunServices } from '../import/run-writer.ts';
import type { SyncRequest, SyncRun } from '../runs/run.ts';

/**
 * Notes a synchronization that failed before it could begin, such as one whose directory cannot be connected to: a
 * history without it would look as if nobody had tried.
 * @throws {MfaError} `run.inProgress`
 */
export async function noteFailedSync(
  request: SyncRequest,
  services: RunServices,
  options: RunOptions,
  error: unknown,
): Promise<SyncRun> {
  const run = await executeRun({ purpose: 'synchronization', request }, services, options, {
    async execute() {
      throw error;
    },
  });
  return run as SyncRun;
}
