import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** `npm run bench` runs every measurement, `npm run bench NAME...` those that are named, one after the other. */

const measurements = ['start', 'import', 'sync', 'dirsync', 'search', 'console', 'waiting'];
const names = process.argv.slice(2);
const unknown = names.find((name) => !measurements.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no measurement "${unknown}". There are: ${measurements.join(', ')}.\n`);
  process.exit(2);
}
for (const name of names.length > 0 ? names : measurements) {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, [file], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
