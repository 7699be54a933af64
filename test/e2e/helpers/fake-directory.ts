import { expect } from 'vitest';
import { fakeBaseDn } from '../../helpers/fake-entries.ts';
import type { FakeLdap } from '../../servers/fake-ldap.ts';
import type { Installation } from './installation.ts';

/** Connects an installation to a server of the test's process. */
export async function connectToFake(mfa: Installation, server: FakeLdap): Promise<Installation> {
  const { exitCode, stderr } = await mfa.runWithInput(
    'secret\n',
    ...['directory', 'set', '--type', 'activeDirectory', '--url', server.url, '--security', 'none'],
    ...['--accept-plain', '--base-dn', fakeBaseDn],
    ...['--user-filter', '(objectClass=user)', '--group-filter', '(objectClass=group)'],
    ...['--bind-user', 'reader', '--bind-password-file', '-'],
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return mfa;
}
