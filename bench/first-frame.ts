import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { measureNode, median, rounded } from './measured-process.ts';
import { fillWithSyntheticUsers } from './synthetic-users.ts';

/**
 * The console's first frame in a terminal with 100,000 users, and bare Node in one, one after the other. Prints
 * one line of JSON with the ratio; what must be reached is 4.
 */

const users = 100_000;
const rounds = 15;
const program = join(import.meta.dirname, '../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-frame-'));

/** Seconds until a program has written a text, or has ended. */
function secondsUntil(args: readonly string[], text: string | null): Promise<number> {
  const start = performance.now();
  const env = { ...process.env, TERM: 'xterm-256color' };
  const terminal = spawn(process.execPath, [...args], { cols: 80, rows: 24, env });
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = () => resolve((performance.now() - start) / 1000);
  let written = '';
  terminal.onData((part) => {
    written += part;
    if (text === null || !written.includes(text)) return;
    stop();
    terminal.kill('SIGTERM');
  });
  terminal.onExit(stop);
  return promise;
}

try {
  measureNode([program, 'init', '--data', folder]);
  fillWithSyntheticUsers(join(folder, 'mfa-console.db'), users).close();
  const bare: number[] = [];
  const frame: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await secondsUntil(['-e', '0'], null));
    frame.push(await secondsUntil([program, '--data', folder], 'Data directory'));
  }
  const report = {
    bench: 'first-frame',
    users,
    firstFrameTimesBareNode: rounded(median(frame) / median(bare)),
    bareNodeSeconds: rounded(median(bare), 3),
    firstFrameSeconds: rounded(median(frame), 3),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
