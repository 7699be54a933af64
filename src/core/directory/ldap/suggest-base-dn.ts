import { MfaError } from '../../errors.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { openConnection } from './open-connection.ts';
import { readRootDse } from './root-dse.ts';

/**
 * The base DN that the first server which can be used names in its root DSE, which it shows without a logon.
 * @throws {MfaError} `directory.*`
 */
export async function suggestBaseDn(settings: DirectorySettings, signal?: AbortSignal): Promise<string> {
  const connection = await openConnection({ ...settings, bindUser: null }, null, settings.urls, signal);
  try {
    const { defaultNamingContext, namingContexts } = await readRootDse(connection, signal);
    if (defaultNamingContext !== '') return defaultNamingContext;
    throw new MfaError('directory.invalid', `${connection.url} does not suggest a base DN.`, {
      advice: `Name it with --base-dn${namingContexts.length > 0 ? `: ${namingContexts.join(' or ')}` : ''}.`,
    });
  } finally {
    connection.close();
  }
}
