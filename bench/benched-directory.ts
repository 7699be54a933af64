import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenLdap, type OpenLdapOptions, startOpenLdap } from '../test/servers/openldap.ts';
import { type Measured, measureNode, measureProgram } from './measured-process.ts';

const program = join(import.meta.dirname, '../dist/main.js');

/** An OpenLDAP server with many people, and the built program that reads it. */
export interface BenchedDirectory {
  readonly server: OpenLdap;
  /** For data directories; deleted at the end. */
  readonly folder: string;
  readonly passwordFile: string;
  /** Seconds in which `ldapsearch` reads everybody with as many attributes, in pages as large. */
  search(): number;
  /** Makes a data directory whose settings lead to the server. */
  configure(data: string): void;
  run(data: string, ...args: string[]): Measured;
  stop(): Promise<void>;
}

/** How the people of each kind are found, and what is read of them. */
const kinds = {
  activeDirectory: {
    userFilter: '(objectClass=user)',
    // biome-ignore format: one attribute after the other would be a page
    attributes: [
      'objectGUID', 'sAMAccountName', 'userPrincipalName', 'givenName', 'sn', 'mail', 'mobile', 'telephoneNumber',
      'displayName', 'description', 'userAccountControl', 'department',
    ],
  },
  inetOrgPerson: {
    userFilter: '(objectClass=inetOrgPerson)',
    // biome-ignore format: one attribute after the other would be a page
    attributes: [
      'entryUUID', 'uid', 'cn', 'givenName', 'sn', 'mail', 'mobile', 'telephoneNumber', 'displayName', 'description',
      'homePhone', 'pager',
    ],
  },
};

export async function startBenchedDirectory(
  options: OpenLdapOptions & { kind: keyof typeof kinds },
): Promise<BenchedDirectory> {
  const server = await startOpenLdap(options);
  const { ldapUrl, peopleDn, reader } = server;
  const { userFilter, attributes } = kinds[options.kind];
  const type = options.kind === 'activeDirectory' ? options.kind : 'ldap';
  const folder = mkdtempSync(join(tmpdir(), 'mfa-bench-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, reader.password, { mode: 0o600 });
  const run = (data: string, ...args: string[]) =>
    measureNode([program, ...args, '--json', '--yes', '--data', data]);
  return {
    server,
    folder,
    passwordFile,
    run,
    search() {
      // biome-ignore format: a command line
      const args = ['-x', '-LLL', '-H', ldapUrl, '-D', reader.dn, '-y', passwordFile, '-b', peopleDn,
        '-E', 'pr=1000/noprompt', userFilter, ...attributes];
      return measureProgram('ldapsearch', args, {}, false).seconds;
    },
    configure(data) {
      // biome-ignore format: a command line
      run(data, 'directory', 'set', '--type', type, '--url', ldapUrl, '--security', 'none', '--accept-plain',
        '--base-dn', peopleDn, '--user-filter', userFilter, '--bind-user', reader.dn, '--bind-password-file', passwordFile);
    },
    async stop() {
      rmSync(folder, { recursive: true });
      await server.stop();
    },
  };
}

/** The run that a command told of in its last line. @throws {Error} when its counts are others than expected */
export function reportedRun(measured: Measured, expected: Readonly<Record<string, number>>): ReportedRun {
  const { run } = JSON.parse(measured.stdout.trim().split('\n').at(-1) ?? '') as { run: ReportedRun };
  for (const [name, count] of Object.entries(expected)) {
    if (run.counts[name] !== count) throw new Error(`It has not ${name} ${count}: ${measured.stdout}`);
  }
  return run;
}

export interface ReportedRun {
  kind?: string;
  reason?: string;
  seconds: number;
  counts: Record<string, number>;
}
