import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type OpenLdap, startOpenLdap } from '../../servers/openldap.ts';
import type { PersonKind } from '../../servers/openldap-people.ts';
import { Installation, newInstallation } from './installation.ts';

/** A directory server with many people, and installations that are connected to it. */
export interface ConnectedDirectory {
  readonly server: OpenLdap;
  /** The options of an import of everybody. */
  readonly everybody: readonly string[];
  /** A new installation that knows the directory and has no users yet. */
  newInstallation(): Installation;
}

/**
 * Starts the server before the tests of the suite that calls this. The installation is configured once and
 * copied for every test.
 */
export function connectedDirectory(users: number, kind: PersonKind = 'activeDirectory'): ConnectedDirectory {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-console-e2e-'));
  let server: OpenLdap | undefined;
  const started = () => {
    if (server === undefined) throw new Error('The directory server runs only while tests run.');
    return server;
  };
  beforeAll(async () => {
    server = await startOpenLdap({ users, kind });
    await connect(new Installation(folder), server, kind);
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return {
    get server() {
      return started();
    },
    get everybody() {
      return ['--container', started().peopleDn];
    },
    newInstallation() {
      const mfa = newInstallation();
      cpSync(folder, mfa.folder, { recursive: true });
      return mfa;
    },
  };
}

/** Points an installation to the server, with the password from standard input. */
export async function connect(
  mfa: Installation,
  { ldapsUrl, caFile, baseDn, reader }: OpenLdap,
  kind: PersonKind = 'activeDirectory',
) {
  // Not all that looks like Active Directory here has what its default filter asks for.
  const type =
    kind === 'activeDirectory' ? [kind, '--user-filter', '(objectClass=user)'] : (['ldap'] as const);
  const result = await mfa.runWithInput(
    `${reader.password}\n`,
    ...['directory', 'set', '--type', ...type, '--url', ldapsUrl, '--ca-file', caFile],
    ...['--base-dn', baseDn, '--bind-user', reader.dn],
    ...['--bind-password-file', '-', '--json'],
  );
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
}
