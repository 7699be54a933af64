import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../scripts/bundle.ts';
import { openCore } from '../src/core/core.ts';
import { locateDataDirectory } from '../src/core/data-directory.ts';
import { fillWithSyntheticUsers } from './synthetic-users.ts';

/**
 * What a key costs in the list of 100,000 users at 80x24: milliseconds of work and bytes written to the terminal.
 * Must be reached: p95 of 16 ms, 300 bytes for a move of the cursor, 1.6 kB for a scrolled line.
 */

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-keys-'));
// Native modules are found from the project only.
const bundled = join(root, 'node_modules', '.cache', 'key-to-frame.js');
try {
  const dataDirectory = locateDataDirectory(folder, {});
  openCore({ dataDirectory }).close();
  fillWithSyntheticUsers(dataDirectory.database, Number(process.argv[2] ?? 100_000)).close();
  await bundle({ 'key-to-frame': 'bench/key-to-frame-program.tsx' }, dirname(bundled));
  const { status, stdout } = spawnSync(process.execPath, [bundled, folder], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.stdout.write(stdout);
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true });
  rmSync(bundled, { force: true });
}
