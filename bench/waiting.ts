import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BenchedDirectory, reportedRun, startBenchedDirectory } from './benched-directory.ts';
import { median, rounded } from './measured-process.ts';
import { TerminalProgram } from './terminal-program.ts';

/**
 * How long keys of the console wait while it reads everybody of a directory: for trying filters, for trying an item, and
 * for comparing an item with its users before it is saved. Each is begun again and again and given up after another
 * time. Prints one line of JSON. What must be reached: 50 ms from either key to its frame.
 * `node bench/waiting.ts [PEOPLE] [TIMES]`.
 */

const people = Number(process.argv[2] ?? 100_000);
const times = Number(process.argv[3] ?? 40);
const program = join(import.meta.dirname, '../dist/main.js');

/** Not Esc, which waits by itself for what might follow it. */
const stop = 'q';
const save = '\x13';
const tryIt = '\x06';
const down = '\x1b[B';

const directory = await startBenchedDirectory({ users: people, kind: 'inetOrgPerson' });
try {
  process.stdout.write(`${JSON.stringify(await measure(directory))}\n`);
} finally {
  await directory.stop();
}

async function measure({ folder, configure, run, server }: BenchedDirectory) {
  const data = join(folder, 'data');
  configure(data);
  run(data, 'sync', 'items', 'add', 'Everybody', '--container', server.peopleDn);
  reportedRun(run(data, 'sync', 'run', '--full'), { added: people });
  const env = { MFA_CONSOLE_PREFERENCES: join(data, 'preferences.json') };
  const console = new TerminalProgram([program, '--data', data], env);
  try {
    await console.untilWritten('Users');
    await press(console, '5', 'Settings');
    await press(console, ']', 'Filters');
    const filters = await giveUp(console, 'f', 'Counting what');
    await press(console, ']]', 'Everybody');
    await press(console, 'e', 'Switched on');
    const item = await giveUp(console, tryIt, 'Looking who');
    await press(console, down.repeat(4), 'An LDAP filter');
    await press(console, '(!(uid=user00001))', 'user00001');
    const comparison = await giveUp(console, save, 'Comparing whom');
    return { bench: 'waiting', people, filters, item, comparison };
  } finally {
    await console.kill();
  }
}

/** @returns milliseconds until a text is written */
async function press(console: TerminalProgram, keys: string, text: string): Promise<number> {
  const began = performance.now();
  const pressed = console.press(keys);
  await console.untilWritten(text);
  const milliseconds = performance.now() - began;
  await pressed;
  return milliseconds;
}

/** Begins something with a key and gives it up, after times that are spread over the first second. */
async function giveUp(console: TerminalProgram, key: string, text: string) {
  const begun: number[] = [];
  const stopped: number[] = [];
  for (let time = 0; time < times; time += 1) {
    begun.push(await press(console, key, text));
    await pause((1000 * time) / times);
    stopped.push((await console.press(stop)).firstFrameMs);
  }
  return { begun: figures(begun), stopped: figures(stopped) };
}

function figures(milliseconds: readonly number[]) {
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  return {
    medianMs: rounded(median(sorted), 1),
    p95Ms: rounded(p95, 1),
    slowestMs: rounded(sorted.at(-1) ?? Number.NaN, 1),
  };
}
