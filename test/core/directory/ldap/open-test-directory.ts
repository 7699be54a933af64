import { onTestFinished } from 'vitest';
import type {
  Directory,
  DirectoryUser,
  Selection,
  UnusableEntry,
} from '../../../../src/core/directory/directory.ts';
import { systemServers } from '../../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../../src/core/directory/directory-settings.ts';
import { openLdapDirectory } from '../../../../src/core/directory/ldap/ldap-directory.ts';
import type { FakeLdap } from '../../../servers/fake-ldap.ts';

/** Opens a directory that is closed when the test has finished. */
export async function openTestDirectory(
  settings: Partial<DirectorySettings>,
  password: string | null,
  signal?: AbortSignal,
): Promise<Directory> {
  const directory = await openLdapDirectory(
    directorySettingsSchema.parse({ type: 'activeDirectory', ...settings }),
    password,
    systemServers(),
    signal,
  );
  onTestFinished(() => directory.close());
  return directory;
}

export function openFakeDirectory(
  server: FakeLdap,
  settings: Partial<DirectorySettings> = {},
  signal?: AbortSignal,
): Promise<Directory> {
  return openTestDirectory(
    {
      urls: [server.url],
      security: 'none',
      acceptsPlain: true,
      bindUser: 'reader',
      filters: { user: '(objectClass=user)' },
      ...settings,
    },
    'secret',
    signal,
  );
}

/** Everything that a listing gives. */
export async function collect(
  directory: Directory,
  selection: Selection,
  signal?: AbortSignal,
): Promise<{ users: DirectoryUser[]; unusable: UnusableEntry[] }> {
  const users: DirectoryUser[] = [];
  const unusable: UnusableEntry[] = [];
  for await (const page of directory.users(selection, signal ? { signal } : {})) {
    users.push(...page.users);
    unusable.push(...page.unusable);
  }
  return { users, unusable };
}

/** The account names of a listing, sorted. */
export async function accountNames(directory: Directory, selection: Selection): Promise<(string | null)[]> {
  const { users } = await collect(directory, selection);
  return users.map((user) => user.accountName ?? user.username).sort();
}
