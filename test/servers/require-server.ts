import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { serverEnvironment } from './run-program.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** Why a suite did not run on this machine; the reporter repeats it at the end of the run. */
    leftOut?: string;
  }
}

/** What a machine must have for the suites that talk to a real server. */
export interface ServerRequirement {
  readonly name: string;
  readonly programs: readonly string[];
  /** Files that must exist besides, because Debian splits some programs from their data. */
  readonly files?: readonly string[];
  /** The Debian packages that bring the programs. */
  readonly packages: readonly string[];
  /** The server listens on ports below 1024. */
  readonly needsRoot?: boolean;
}

export const sambaServer: ServerRequirement = {
  name: 'Samba Active Directory',
  programs: [
    'samba',
    'samba-tool',
    'ldbadd',
    'ldbmodify',
    'ldbrename',
    'ldbdel',
    'openssl',
    'tar',
    'setpriv',
  ],
  packages: [
    'samba',
    'samba-ad-dc',
    'samba-ad-provision',
    'winbind',
    'ldb-tools',
    'openssl',
    'tar',
    'util-linux',
  ],
  files: ['/usr/share/samba/setup/provision.ldif'],
  needsRoot: true,
};

export const openLdapServer: ServerRequirement = {
  name: 'OpenLDAP',
  programs: ['slapd', 'slapadd', 'openssl', 'setpriv'],
  packages: ['slapd', 'openssl', 'util-linux'],
};

export const openSsl: ServerRequirement = {
  name: 'Certificates of the tests',
  programs: ['openssl'],
  packages: ['openssl'],
};

/** With this variable set to 1 a suite whose server is missing fails; without it the suite is left out, visibly. */
export const requireServersVariable = 'MFA_CONSOLE_REQUIRE_SERVERS';

/**
 * Like vitest's `describe`, for a suite that needs a real server. The suite must start the server in `beforeAll`:
 * its function runs, to collect the tests, even where they are left out.
 */
export function describeWithServer(name: string, server: ServerRequirement, fn: () => void): void {
  const leftOut = whyLeftOut(server);
  if (!leftOut) {
    describe(name, fn);
  } else if (process.env[requireServersVariable] === '1') {
    describe(name, () => {
      test('finds the server that it needs', () => {
        throw new Error(`${leftOut}. ${requireServersVariable}=1 forbids to leave it out.`);
      });
    });
  } else {
    describe(name, { skip: true, meta: { leftOut } }, fn);
  }
}

/** The reason why suites with this server cannot run here, in words for people; undefined when they can. */
export function whyLeftOut(server: ServerRequirement): string | undefined {
  const missing = [
    ...server.programs.filter((program) => !isInstalled(program)),
    ...(server.files ?? []).filter((file) => !existsSync(file)),
  ];
  if (missing.length > 0) {
    return `${server.name} (${missing.join(', ')} not installed; apt-get install ${server.packages.join(' ')})`;
  }
  if (server.needsRoot && process.getuid?.() !== 0) {
    return `${server.name} (needs root, because it listens on ports below 1024)`;
  }
  return undefined;
}

function isInstalled(program: string): boolean {
  const folders = serverEnvironment.PATH?.split(':') ?? [];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
