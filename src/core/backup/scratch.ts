import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataDirectory } from '../data-directory.ts';
import { processExists } from '../runs/process-liveness.ts';

const scratchName = /^(?:backup|restore)-(\d+)\.tmp$/;

/**
 * The place in the data directory, where nobody else may read, for copies that a backup or a restore works
 * with. What a process that was killed left there is removed.
 */
export function scratchPath(directory: DataDirectory, purpose: 'backup' | 'restore'): string {
  for (const name of existsSync(directory.path) ? readdirSync(directory.path) : []) {
    const pid = Number(scratchName.exec(name)?.[1] ?? Number.NaN);
    if (Number.isNaN(pid) || (pid !== process.pid && processExists(pid))) continue;
    rmSync(join(directory.path, name), { recursive: true, force: true });
  }
  return join(directory.path, `${purpose}-${process.pid}.tmp`);
}
