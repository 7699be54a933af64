import { isMfaError, MfaError } from '../../errors.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { isGlobalCatalog } from '../forest.ts';
import { openConnection } from './open-connection.ts';
import { type RootDse, readRootDse } from './root-dse.ts';

/**
 * The base DN that the first server which can be used names in its root DSE; that of the forest's root domain where it
 * is asked as a Global Catalog. Most servers show it without a logon;
 * for the others the bind account is used.
 * @param password of the bind account; null when it is not known
 * @throws {MfaError} `directory.*`
 */
export async function suggestBaseDn(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<string> {
  try {
    return await ask({ ...settings, bindUser: null }, null, servers, signal);
  } catch (error) {
    const isHidden = isMfaError(error, 'directory.protocol') || isMfaError(error, 'directory.accessDenied');
    if (!isHidden || settings.bindUser === null || password === null) throw error;
    return await ask(settings, password, servers, signal);
  }
}

/** Where what a server has begins; empty when it names nothing. */
export function baseDnOf(
  url: string,
  {
    defaultNamingContext,
    rootDomainNamingContext,
  }: Pick<RootDse, 'defaultNamingContext' | 'rootDomainNamingContext'>,
): string {
  return (isGlobalCatalog(url) && rootDomainNamingContext) || defaultNamingContext;
}

async function ask(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  signal: AbortSignal | undefined,
): Promise<string> {
  const urls = await servers.inOrder(settings);
  const connection = await openConnection(settings, password, urls, servers, signal);
  try {
    const suggestion = baseDnOf(connection.url, await readRootDse(connection, signal));
    if (suggestion !== '') return suggestion;
    throw new MfaError('directory.invalid', `${connection.url} does not suggest a base DN.`, {
      advice: 'Name it yourself, such as DC=corp,DC=example.',
    });
  } finally {
    connection.close();
  }
}
