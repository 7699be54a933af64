import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ldifChange } from '../test/servers/ldif.ts';
import { startDomainController } from '../test/servers/samba.ts';
import { reportedRun } from './benched-directory.ts';
import { measureNode, median, rounded } from './measured-process.ts';

/**
 * The built program synchronizing by DirSync with a Samba domain controller. Prints one line of JSON. What must be
 * reached: changes with nothing changed in 0.3 s, and with 100 changed in 1 s. `node bench/dirsync.ts [PEOPLE]`.
 */

const people = Number(process.argv[2] ?? 3000);
const deltas = 5;
const changedPeople = 100;
const program = join(import.meta.dirname, '../dist/main.js');

const folder = mkdtempSync(join(tmpdir(), 'mfa-console-bench-'));
const controller = await startDomainController();
try {
  const { content, administrator, ldapsUrl, caFile, baseDn } = controller;
  const staff = await content.organizationalUnit('Staff');
  const dns = await content.users(staff, people, { prefix: 'many' });
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, administrator.password);
  const data = join(folder, 'data');
  // biome-ignore format: a command line
  run(data, 'directory', 'set', '--type', 'activeDirectory', '--url', ldapsUrl, '--ca-file', caFile,
    '--base-dn', baseDn, '--bind-user', administrator.userPrincipalName, '--bind-password-file', passwordFile);
  run(data, 'sync', 'items', 'add', 'Staff', '--container', staff);
  const full = synchronize(data, { added: people });
  const nothing = Array.from({ length: deltas }, () => synchronize(data, { read: 0 }));
  const some = [];
  for (let round = 0; round < deltas; round += 1) {
    const changed = dns.slice(round * changedPeople, (round + 1) * changedPeople);
    await content.modify(
      changed.map((dn) => ldifChange(dn, 'replace', { description: [`${round}`] })).join(''),
    );
    some.push(synchronize(data, { updated: changedPeople }));
  }
  process.stdout.write(
    `${JSON.stringify({
      bench: 'dirsync',
      people,
      firstSeconds: full.runSeconds,
      nothingChanged: medianOf(nothing),
      someChanged: { changed: changedPeople, ...medianOf(some) },
    })}\n`,
  );
} finally {
  await controller.stop();
  rmSync(folder, { recursive: true });
}

interface Synchronization {
  kind: string | undefined;
  runSeconds: number;
  commandSeconds: number;
}

function synchronize(data: string, expected: Readonly<Record<string, number>>): Synchronization {
  const measured = run(data, 'sync', 'run', '--json');
  const { kind, seconds } = reportedRun(measured, expected);
  return { kind, runSeconds: seconds, commandSeconds: measured.seconds };
}

function run(data: string, ...args: string[]) {
  return measureNode([program, '--data', data, ...args]);
}

function medianOf(runs: readonly Synchronization[]): Synchronization {
  return {
    kind: runs[0]?.kind,
    runSeconds: rounded(median(runs.map(({ runSeconds }) => runSeconds)), 3),
    commandSeconds: rounded(median(runs.map(({ commandSeconds }) => commandSeconds)), 3),
  };
}
