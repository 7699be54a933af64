import { synchronizeInThread } from '../src/core/background/threaded-runs.ts';
import { openCore } from '../src/core/core.ts';
import { locateDataDirectory } from '../src/core/data-directory.ts';

/**
 * Synchronizes everybody several times in one process, as a service does, and prints after each the megabytes that
 * the process has in memory: `node bench/repeated-syncs.ts DATA TIMES`.
 */

const [, , data = '', times = '0'] = process.argv;
const core = openCore({ dataDirectory: locateDataDirectory(data, {}) });
const megabytes: number[] = [];
for (let index = 0; index < Number(times); index += 1) {
  const { state, error } = await synchronizeInThread(core, { full: true });
  if (state !== 'completed') throw new Error(`The run ended as ${state}: ${error?.message}`);
  megabytes.push(Math.round(process.memoryUsage.rss() / 1_048_576));
}
core.close();
process.stdout.write(`${JSON.stringify(megabytes)}\n`);
