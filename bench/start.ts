import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Measured, measureNode, median, rounded } from './measured-process.ts';
import { fillWithSyntheticUsers } from './synthetic-users.ts';

/**
 * `mfa-console users list --json --limit 20` as a whole process with 100,000 users, and bare Node, one after the
 * other. Prints one line of JSON with ratios; what must be reached is 3.
 */

const users = 100_000;
const rounds = 15;
const program = join(import.meta.dirname, '../dist/main.js');
const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-start-'));

try {
  measureNode([program, 'init', '--data', folder]);
  fillWithSyntheticUsers(join(folder, 'mfa-console.db'), users).close();
  const bare: Measured[] = [];
  const list: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(measureNode(['-e', '0']));
    list.push(measureNode([program, 'users', 'list', '--json', '--limit', '20', '--data', folder]));
  }
  const report = {
    bench: 'start',
    users,
    listTimesBareNode: ratio(list, bare, ({ seconds }) => seconds),
    listTimesBareNodeInProcessorTime: ratio(list, bare, ({ cpuSeconds }) => cpuSeconds ?? Number.NaN),
    bareNodeSeconds: rounded(median(bare.map(({ seconds }) => seconds)), 3),
    listSeconds: rounded(median(list.map(({ seconds }) => seconds)), 3),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
} finally {
  rmSync(folder, { recursive: true });
}

function ratio(
  one: readonly Measured[],
  other: readonly Measured[],
  of: (process: Measured) => number,
): number {
  return rounded(median(one.map(of)) / median(other.map(of)));
}
