import type { FilterCounts } from '../default-filters.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { filtersOf } from './filters-of.ts';
import { readRootDse } from './root-dse.ts';
import { LdapSession } from './session.ts';
import { baseDnOf } from './suggest-base-dn.ts';

/**
 * Counts what the filters of the settings find below the base DN, one after the other.
 * @throws {MfaError} `directory.*`
 */
export async function countByFilter(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<FilterCounts> {
  const filters = filtersOf(settings);
  const session = new LdapSession(settings, password, servers);
  try {
    const rootDse = await session.use((connection) => readRootDse(connection, signal), signal);
    const baseDn = settings.baseDn || baseDnOf(session.url, rootDse);
    const count = async (filter: string) => {
      let found = 0;
      const query = { baseDn, scope: 'sub' as const, filter, attributes: ['1.1'] };
      for await (const entries of session.pages(query, signal)) found += entries.length;
      return found;
    };
    return {
      container: await count(filters.container),
      group: await count(filters.group),
      user: await count(filters.user),
    };
  } finally {
    session.close();
  }
}
