import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundle } from '../scripts/bundle.ts';
import { measureNode, median, rounded } from './measured-process.ts';
import { fillWithSyntheticUsers } from './synthetic-users.ts';
import { type KeyCost, TerminalProgram } from './terminal-program.ts';

/**
 * The built console on a real terminal of 80x24 with 100,000 users (or as many as the command line says): its first
 * frame, beside bare Node and a bundled Ink program of one line, one after the other in rounds; and what each kind of
 * key costs. Prints one line of JSON. Must be reached: a first frame in 4 times bare Node, p95 of 16 ms for a key,
 * 300 bytes for a move of the cursor, 1.6 kB for a scrolled line.
 */

const users = Number(process.argv[2] ?? 100_000);
const rounds = 25;
const keysPerKind = 60;
const root = join(import.meta.dirname, '..');
const program = join(root, 'dist/main.js');
// Native modules are found from the project only.
const hello = join(root, 'node_modules', '.cache', 'hello-ink.js');
const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-console-'));
const env = { MFA_CONSOLE_PREFERENCES: join(folder, 'preferences.json') };

const down = 'j';
const pageDown = '\x1b[6~';
const erase = '\x7f';
/** What is pressed before, and then again and again in turn. */
const kinds: Record<string, { before?: readonly string[]; keys: readonly string[] }> = {
  cursor: { keys: [...Array<string>(8).fill(down), ...Array<string>(8).fill('k')] },
  scroll: { before: [pageDown, ...Array<string>(20).fill(down)], keys: [down] },
  page: { keys: [pageDown] },
  end: { keys: ['G', 'g'] },
  sort: { keys: ['s'] },
  reverse: { keys: ['S'] },
  filter: { before: ['/'], keys: [...'peniski', ...Array<string>(7).fill(erase)] },
};

try {
  measureNode([program, 'init', '--data', folder]);
  fillWithSyntheticUsers(join(folder, 'mfa-console.db'), users).close();
  await bundle({ 'hello-ink': 'bench/hello-ink.tsx' }, dirname(hello));
  const firstFrame = await measureFirstFrame();
  const keys = await measureKeys();
  process.stdout.write(`${JSON.stringify({ bench: 'console', users, size: '80x24', firstFrame, keys })}\n`);
} finally {
  rmSync(folder, { recursive: true });
  rmSync(hello, { force: true });
}

async function measureFirstFrame() {
  const bare: number[] = [];
  const ink: number[] = [];
  const frame: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    bare.push(await new TerminalProgram(['-e', '0']).untilEnded());
    ink.push(await untilDrawn([hello], 'Hello, world'));
    frame.push(await untilDrawn([program, '--data', folder], 'Data directory'));
  }
  return {
    timesBareNode: rounded(median(frame) / median(bare)),
    timesHelloInk: rounded(median(frame) / median(ink)),
    helloInkTimesBareNode: rounded(median(ink) / median(bare)),
    bareNodeMs: summary(bare),
    helloInkMs: summary(ink),
    firstFrameMs: summary(frame),
  };
}

async function untilDrawn(args: readonly string[], text: string): Promise<number> {
  const running = new TerminalProgram(args, env);
  const milliseconds = await running.untilWritten(text);
  await running.kill();
  return milliseconds;
}

async function measureKeys() {
  const running = new TerminalProgram([program, '--data', folder], env);
  await running.untilWritten('Data directory');
  await running.press('2');
  // Code that is run often is compiled better; an administrator's console has that behind it.
  for (let index = 0; index < 40; index += 1) await running.press(index % 2 === 0 ? down : 'k');
  const report: Record<string, unknown> = {};
  for (const [kind, { before = [], keys }] of Object.entries(kinds)) {
    for (const key of before) await running.press(key);
    const costs: KeyCost[] = [];
    for (let index = 0; index < keysPerKind; index += 1) {
      costs.push(await running.press(keys[index % keys.length] ?? ''));
    }
    report[kind] = {
      firstFrameMs: summary(costs.map(({ firstFrameMs }) => firstFrameMs)),
      lastFrameMs: summary(costs.map(({ lastFrameMs }) => lastFrameMs)),
      cpuMs: summary(costs.map(({ cpuMs }) => cpuMs)),
      bytes: {
        median: median(costs.map(({ bytes }) => bytes)),
        max: Math.max(...costs.map(({ bytes }) => bytes)),
      },
    };
  }
  await running.kill();
  return report;
}

function summary(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  return { median: rounded(median(values), 1), p95: rounded(p95, 1) };
}
