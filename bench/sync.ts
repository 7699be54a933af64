import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ldifChange } from '../test/servers/ldif.ts';
import { runProgram } from '../test/servers/run-program.ts';
import {
  type BenchedDirectory,
  type ReportedRun,
  reportedRun,
  startBenchedDirectory,
} from './benched-directory.ts';
import { figures, type Measured, measureNode, median, rounded } from './measured-process.ts';
import { TerminalProgram } from './terminal-program.ts';

/**
 * The built program synchronizing everybody of an OpenLDAP server that has the indexes for it: for the first time, with
 * nothing changed, by changes alone, and again and again in one process; and what keys of a console cost meanwhile.
 * Prints one line of JSON. What must be reached: full with nothing changed in 3 times `ldapsearch`, changes with nothing
 * changed in 0.3 s and with 100 changed in 1 s, memory that stays, and 50 ms from a key to its frame.
 * `node bench/sync.ts [PEOPLE] [ROUNDS]`.
 */

const people = Number(process.argv[2] ?? 100_000);
const rounds = Number(process.argv[3] ?? 3);
const deltas = 5;
const changedPeople = 100;
const repetitions = 8;
const program = join(import.meta.dirname, '../dist/main.js');

/** Changes of a year: two hours ago the last one, so that nothing is so fresh that it has to be read twice. */
const began = Date.now();
const hourMs = 3_600_000;
const changedAt = (index: number) => new Date(began - 2 * hourMs - (index / people) * 365 * 24 * hourMs);

const directory = await startBenchedDirectory({ users: people, kind: 'inetOrgPerson', changedAt });
try {
  process.stdout.write(`${JSON.stringify(await measure(directory))}\n`);
} finally {
  await directory.stop();
}

async function measure(directory: BenchedDirectory) {
  const { folder, search, configure } = directory;
  const reads: number[] = [];
  const first: Measured[] = [];
  const unchanged: Measured[] = [];
  let data = '';
  for (let round = 0; round < rounds; round += 1) {
    reads.push(search());
    data = join(folder, String(round));
    configure(data);
    addItem(directory, data);
    first.push(synchronize(data, ['--full'], { added: people }).measured);
    unchanged.push(synchronize(data, ['--full'], { unchanged: people }).measured);
  }
  const ldapsearch = median(reads);
  const nothing = Array.from({ length: deltas }, () => synchronize(data, [], { updated: 0, failed: 0 }));
  const some = [];
  for (let round = 0; round < deltas; round += 1) {
    await changePeople(directory, round);
    some.push(synchronize(data, [], { updated: changedPeople }));
  }
  return {
    bench: 'sync',
    people,
    ldapsearchSeconds: rounded(ldapsearch),
    first: figures(first, people, ldapsearch),
    unchanged: figures(unchanged, people, ldapsearch),
    nothingChanged: deltaFigures(nothing),
    someChanged: { changed: changedPeople, ...deltaFigures(some) },
    megabytesOfRepeated: repeat(data),
    keysWhileWriting: await pressKeys(data),
  };

  function synchronize(data: string, args: readonly string[], expected: Record<string, number>) {
    const measured = directory.run(data, 'sync', 'run', ...args);
    return { measured, run: reportedRun(measured, expected) };
  }
}

function addItem({ run, server }: BenchedDirectory, data: string): void {
  // biome-ignore format: a command line
  run(data, 'sync', 'items', 'add', 'Everybody', '--container', server.peopleDn, '--phone', 'mobile', '--backup', 'business');
}

/** Gives some people another description, different ones each time. */
async function changePeople({ server }: BenchedDirectory, round: number): Promise<void> {
  const { ldapUrl, admin, peopleDn } = server;
  let ldif = '';
  for (let index = 0; index < changedPeople; index += 1) {
    const person = round * changedPeople + index;
    const login = `user${String(person).padStart(5, '0')}`;
    const dn = `uid=${login},OU=Department ${person % 10},${peopleDn}`;
    ldif += ldifChange(dn, 'replace', { description: `Changed ${person}` });
  }
  await runProgram('ldapmodify', ['-x', '-H', ldapUrl, '-D', admin.dn, '-w', admin.password], ldif);
}

function deltaFigures(runs: readonly { measured: Measured; run: ReportedRun }[]) {
  return {
    kind: runs[0]?.run.kind,
    runSeconds: rounded(median(runs.map(({ run }) => run.seconds)), 3),
    commandSeconds: rounded(median(runs.map(({ measured }) => measured.seconds)), 3),
  };
}

/** Resident memory after each of several runs in one process. */
function repeat(data: string): number[] {
  const file = join(import.meta.dirname, 'repeated-syncs.ts');
  return JSON.parse(measureNode([file, data, String(repetitions)]).stdout) as number[];
}

/** Keys in the list of users while another process updates everybody. */
async function pressKeys(data: string) {
  const item = ['sync', 'items', 'edit', 'Everybody', '--language', 'de', '--keep-language'];
  measureNode([program, ...item, '--json', '--yes', '--data', data]);
  const env = { MFA_CONSOLE_PREFERENCES: join(data, 'preferences.json') };
  const running = new TerminalProgram([program, '--data', data], env);
  await running.untilWritten('Users');
  await running.press('2');
  const keys = ['j', 'j', '\x1b[6~', 'k', 'G', 'g'];
  for (const key of keys) await running.press(key);
  const run = spawn(process.execPath, [program, 'sync', 'run', '--full', '--json', '--data', data], {
    stdio: 'ignore',
  });
  const ended = once(run, 'exit');
  const milliseconds: number[] = [];
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  while (isRunning) {
    const { firstFrameMs } = await running.press(keys[milliseconds.length % keys.length] ?? 'j');
    milliseconds.push(firstFrameMs);
  }
  await running.kill();
  const sorted = milliseconds.toSorted((one, other) => one - other);
  const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  return {
    keys: sorted.length,
    medianMs: rounded(median(sorted), 1),
    p95Ms: rounded(p95, 1),
    slowestMs: rounded(sorted.at(-1) ?? Number.NaN, 1),
  };
}
