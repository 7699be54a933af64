import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';

/**
 * The program, built again and started anew whenever a source changes: `npm run dev [-- ARGUMENTS]`. It ends when
 * the program is left.
 */

const root = join(import.meta.dirname, '..');
const settleMs = 200;

let program: ChildProcess | null = null;
let isRestarting = false;
let timer: NodeJS.Timeout | undefined;

function build(): boolean {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/setup.mjs')], { stdio: 'inherit' });
  if (status !== 0) process.stderr.write('It is built again after the next change.\n');
  return status === 0;
}

function start(): void {
  if (!build()) return;
  const args = [join(root, 'dist/main.js'), ...process.argv.slice(2)];
  const started = spawn(process.execPath, args, { stdio: 'inherit' });
  program = started;
  started.once('exit', (exitCode) => {
    if (program === started) program = null;
    if (!isRestarting) process.exit(exitCode ?? 1);
  });
}

/** Stops before it builds, because a running program loads parts of itself later. */
async function restart(): Promise<void> {
  if (isRestarting) return;
  isRestarting = true;
  if (program !== null) {
    const ended = once(program, 'exit');
    program.kill('SIGTERM');
    await ended;
  }
  isRestarting = false;
  start();
}

for (const folder of ['src', 'templates']
  .map((name) => join(root, name))
  .filter((path) => existsSync(path))) {
  watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void restart(), settleMs);
  });
}
// Ctrl+C reaches the program, too, which decides whether it ends.
process.on('SIGINT', () => {
  if (program === null) process.exit(130);
});
process.on('SIGTERM', () => {
  program?.kill('SIGTERM');
  if (program === null) process.exit(143);
});
start();
