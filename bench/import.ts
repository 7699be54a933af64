import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenLdap, startOpenLdap } from '../test/servers/openldap.ts';
import { type Measured, measureNode, measureProgram, median, rounded } from './measured-process.ts';

/**
 * The built program importing everybody of an OpenLDAP server into a new database, the same again with nothing
 * changed, and `ldapsearch` reading the same entries with the same attributes in pages as large. Prints one line
 * of JSON with ratios; what must be reached is 4 and 3, and 250 MB. `node bench/import.ts [PEOPLE]`.
 */

const people = Number(process.argv[2] ?? 100_000);
const rounds = 3;
const userFilter = '(objectClass=user)';
const program = join(import.meta.dirname, '../dist/main.js');
// biome-ignore format: one attribute after the other would be a page
const attributes = [
  'objectGUID', 'sAMAccountName', 'userPrincipalName', 'givenName', 'sn', 'mail', 'mobile', 'telephoneNumber',
  'displayName', 'description', 'userAccountControl', 'department',
];

const server = await startOpenLdap({ users: people });
const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-import-'));
try {
  process.stdout.write(`${JSON.stringify(measure(server, folder))}\n`);
} finally {
  rmSync(folder, { recursive: true });
  await server.stop();
}

function measure({ ldapUrl, peopleDn, reader }: OpenLdap, folder: string) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, reader.password, { mode: 0o600 });
  const reads: number[] = [];
  const imports: Measured[] = [];
  const again: Measured[] = [];
  // One after the other in every round, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    reads.push(search().seconds);
    const data = join(folder, String(round));
    // biome-ignore format: a command line
    run(data, 'directory', 'set', '--type', 'activeDirectory', '--url', ldapUrl, '--security', 'none',
      '--accept-plain', '--base-dn', peopleDn, '--user-filter', userFilter, '--bind-user', reader.dn, '--bind-password-file', passwordFile);
    imports.push(runImport(data, 'added'));
    again.push(runImport(data, 'unchanged'));
    rmSync(data, { recursive: true });
  }
  const ldapsearch = median(reads);
  return {
    bench: 'import',
    people,
    ldapsearchSeconds: rounded(ldapsearch),
    import: figures(imports, ldapsearch),
    importAgainUnchanged: figures(again, ldapsearch),
  };

  function search() {
    // biome-ignore format: a command line
    return measureProgram('ldapsearch', ['-x', '-LLL', '-H', ldapUrl, '-D', reader.dn, '-y', passwordFile,
      '-b', peopleDn, '-E', 'pr=1000/noprompt', userFilter, ...attributes], {}, false);
  }

  function run(data: string, ...args: string[]): Measured {
    return measureNode([program, ...args, '--json', '--yes', '--data', data]);
  }

  function runImport(data: string, expected: 'added' | 'unchanged'): Measured {
    const measured = run(
      data,
      'import',
      '--container',
      peopleDn,
      '--phone',
      'mobile',
      '--backup',
      'business',
    );
    const { run: report } = JSON.parse(measured.stdout.trim().split('\n').at(-1) ?? '');
    if (report.counts[expected] !== people)
      throw new Error(`Not everybody is ${expected}: ${measured.stdout}`);
    return measured;
  }
}

function figures(processes: readonly Measured[], ldapsearchSeconds: number) {
  const seconds = median(processes.map((one) => one.seconds));
  return {
    timesLdapsearch: rounded(seconds / ldapsearchSeconds),
    seconds: rounded(seconds),
    cpuSeconds: rounded(median(processes.map((one) => one.cpuSeconds ?? Number.NaN))),
    peakMegabytes: Math.max(...processes.map((one) => one.peakMegabytes ?? Number.NaN)),
    usersPerSecond: Math.round(people / seconds),
  };
}
