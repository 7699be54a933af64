import type { Secrets } from '../secrets/secrets.ts';
import type { Directory } from './directory.ts';
import type { DirectoryServers } from './directory-servers.ts';
import type { DirectorySettings } from './directory-settings.ts';
import type { UserReader } from './reader/user-reader.ts';

/** The name under which the bind password is sealed. */
export const bindPasswordSecret = 'directory.bindPassword';

/**
 * Connects to the directory that the settings name. The code of each kind is loaded only when it is used.
 * @throws {MfaError} `directory.*`; `run.cancelled` when the signal came first
 */
export async function openDirectory(
  settings: DirectorySettings,
  secrets: Secrets,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<Directory> {
  if (settings.type === 'sample') {
    const { openSampleDirectory } = await import('./sample/sample-directory.ts');
    return openSampleDirectory(settings);
  }
  const { openLdapDirectory } = await import('./ldap/ldap-directory.ts');
  return openLdapDirectory(settings, secrets.get(bindPasswordSecret), servers, signal);
}

/**
 * Connects like {@link openDirectory}, for who reads many users: a server's are read in a thread of their own.
 * @throws {MfaError} `directory.*`
 */
export async function openUserReader(
  settings: DirectorySettings,
  secrets: Secrets,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<UserReader> {
  if (settings.type === 'sample') return openDirectory(settings, secrets, servers);
  const { openThreadedReader } = await import('./reader/threaded-reader.ts');
  return openThreadedReader(settings, secrets.get(bindPasswordSecret), servers, signal);
}
