import type { AttributeMap, AttributeMapper, RawEntry } from '../attributes.ts';
import type { DirectoryFilters } from '../default-filters.ts';
import type { DirectoryPage } from '../directory.ts';
import { formatDirectoryId, type IdentifierType } from '../directory-id.ts';
import { isGlobalCatalog } from '../forest.ts';
import { isAtOrBelow, normalizeDn } from './distinguished-name.ts';
import type { RootDse } from './root-dse.ts';
import type { LdapSession, Query } from './session.ts';

/** What reading a directory needs to know: where it is, what it is like, and what makes an entry what. */
export interface LdapSource {
  readonly session: LdapSession;
  readonly rootDse: RootDse;
  readonly baseDn: string;
  readonly filters: DirectoryFilters;
  readonly map: AttributeMap;
  readonly mapper: AttributeMapper;
  readonly binaryAttributes: readonly string[];
}

/**
 * Where groups and containers lie that decide about people below the base DN: anywhere in the domain of a controller.
 * Of other servers nothing beyond the base DN is known.
 */
export function domainDnOf({ session, rootDse, baseDn }: LdapSource): string {
  const { isActiveDirectory, defaultNamingContext } = rootDse;
  const isPart = isAtOrBelow(normalizeDn(baseDn), normalizeDn(defaultNamingContext));
  return isActiveDirectory && isPart && !isGlobalCatalog(session.url) ? defaultNamingContext : baseDn;
}

/** The search for whole users. */
export function usersQuery(
  { mapper, binaryAttributes }: LdapSource,
  baseDn: string,
  scope: 'one' | 'sub',
  filter: string,
): Query {
  return { baseDn, scope, filter, attributes: mapper.attributes, binaryAttributes };
}

export function mapUsers({ mapper }: LdapSource, entries: readonly RawEntry[]): DirectoryPage {
  const page: DirectoryPage = { users: [], unusable: [] };
  for (const entry of entries) {
    const mapped = mapper.map(entry);
    if ('user' in mapped) page.users.push(mapped.user);
    else page.unusable.push(mapped.unusable);
  }
  return page;
}

/** The directory id of an entry; null when it has none that can be read. */
export function identify({ map }: LdapSource, entry: RawEntry): string | null {
  return formatDirectoryId(entry[map.uniqueIdentifier], map.uniqueIdentifierType as IdentifierType);
}
