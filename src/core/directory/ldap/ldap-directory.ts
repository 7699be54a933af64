import { AttributeMapper, attributeMap } from '../attributes.ts';
import type { ChangeCursor } from '../changes.ts';
import type { DirectoryFilters } from '../default-filters.ts';
import type {
  ChangeOptions,
  Changes,
  Container,
  Directory,
  DirectoryPage,
  DirectoryType,
  DirectoryUser,
  EntryName,
  EntryOptions,
  ListingOptions,
  NamedEntry,
  SearchResult,
  SecurityGroup,
  Selection,
  UserListingOptions,
} from '../directory.ts';
import type { DirectoryServers } from '../directory-servers.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { ContainerTree, nameOf } from './container-tree.ts';
import { domainOf } from './distinguished-name.ts';
import { allOf, anyOf, escapeValue } from './filter-text.ts';
import { filtersOf } from './filters-of.ts';
import { catalogProblem } from './global-catalog.ts';
import { identify, type LdapSource, mapUsers, usersQuery } from './ldap-source.ts';
import { deletedAmong, findEntry, unidentifiedAmong } from './named-entries.ts';
import { requireContainer, requireVisible } from './readable-container.ts';
import { type RootDse, readRootDse, valuesOf } from './root-dse.ts';
import { selectionQuery, selectUsers } from './select-users.ts';
import { LdapSession, type Query } from './session.ts';
import { baseDnOf } from './suggest-base-dn.ts';
import { searchFilter } from './user-search.ts';

/**
 * Connects to Active Directory or another LDAP server.
 * @param password of the bind account; null when there is none
 * @throws {MfaError} `directory.*`; `run.cancelled` when the signal came first
 */
export async function openLdapDirectory(
  settings: DirectorySettings,
  password: string | null,
  servers: DirectoryServers,
  signal?: AbortSignal,
): Promise<Directory> {
  const filters = filtersOf(settings);
  const session = new LdapSession(settings, password, servers);
  try {
    const { attributes } = new AttributeMapper(attributeMap(settings.type, settings.attributes));
    const { rootDse, certificateExpiresAt } = await session.use(async (connection) => {
      const found = await readRootDse(connection, signal);
      const problem = await catalogProblem(connection, found, attributes, signal);
      if (problem !== null) throw problem;
      return { rootDse: found, certificateExpiresAt: connection.certificateExpiresAt };
    }, signal);
    return new LdapDirectory(session, rootDse, filters, certificateExpiresAt);
  } catch (error) {
    session.close();
    throw error;
  }
}

class LdapDirectory implements Directory {
  readonly type: DirectoryType;
  readonly label: string;
  readonly baseDn: string;
  readonly certificateExpiresAt: string | null;
  readonly #source: LdapSource;
  readonly #tree: ContainerTree;

  constructor(
    session: LdapSession,
    rootDse: RootDse,
    filters: DirectoryFilters,
    certificateExpiresAt: string | null,
  ) {
    this.certificateExpiresAt = certificateExpiresAt;
    const { settings } = session;
    this.type = settings.type;
    this.baseDn = settings.baseDn || baseDnOf(session.url, rootDse);
    this.label = domainOf(this.baseDn) || new URL(session.url).hostname;
    const map = attributeMap(settings.type, settings.attributes);
    this.#source = {
      session,
      rootDse,
      baseDn: this.baseDn,
      filters,
      map,
      mapper: new AttributeMapper(map),
      binaryAttributes: map.uniqueIdentifierType === 'guid' ? [map.uniqueIdentifier] : [],
    };
    this.#tree = new ContainerTree(session, filters, map);
  }

  async containers(parentDn = this.baseDn, { signal }: ListingOptions = {}): Promise<Container[]> {
    await requireContainer(this.#source.session, parentDn, signal);
    return this.#tree.children(parentDn, signal);
  }

  async groups(text = '', { signal }: ListingOptions = {}): Promise<SecurityGroup[]> {
    const { session, map, filters, binaryAttributes } = this.#source;
    const { securityGroupName, uniqueIdentifier } = map;
    const names = securityGroupName.split(';').map((name) => name.trim());
    const value = escapeValue(text.trim());
    const hasText = value === '' ? '' : anyOf(names.map((name) => `(${name}=*${value}*)`));
    const query: Query = {
      baseDn: this.baseDn,
      scope: 'sub',
      filter: allOf(filters.group, hasText),
      attributes: [uniqueIdentifier, ...names, 'description'],
      binaryAttributes,
    };
    const entries = await session.all(query, signal);
    return entries
      .map((entry) => ({
        dn: entry.dn,
        name: nameOf(entry, securityGroupName),
        directoryId: identify(this.#source, entry) ?? '',
        description: valuesOf(entry, 'description')[0] ?? null,
      }))
      .sort((left, right) => left.name.localeCompare(right.name));
  }

  async search(text: string, limit: number, { signal }: ListingOptions = {}): Promise<SearchResult> {
    const { session, map, filters } = this.#source;
    const filter = searchFilter(text, map);
    const query = usersQuery(this.#source, this.baseDn, 'sub', allOf(filters.user, filter));
    const users: DirectoryUser[] = [];
    for await (const entries of session.pages(query, signal)) {
      users.push(...mapUsers(this.#source, entries).users);
      if (users.length > limit) {
        const total = await this.#countEntries(query, signal);
        return { users: users.slice(0, limit), filter, hasMore: true, total };
      }
    }
    return { users, filter, hasMore: false, total: users.length };
  }

  async *users(selection: Selection, options: UserListingOptions = {}): AsyncGenerator<DirectoryPage> {
    const wanted = options.among === undefined ? null : new Set(options.among);
    const seen = new Set<string>();
    for await (const page of selectUsers(this.#source, selection, options)) {
      const users = page.users.filter(({ directoryId }) => {
        const isNew = !seen.has(directoryId) && (wanted === null || wanted.has(directoryId));
        seen.add(directoryId);
        return isNew;
      });
      const unusable = wanted === null ? page.unusable : [];
      if (users.length > 0 || unusable.length > 0) yield { users, unusable };
    }
  }

  async changes(cursor: ChangeCursor | null, options: ChangeOptions): Promise<Changes> {
    const { ldapChanges } = await import('./changes/ldap-changes.ts');
    const { session } = this.#source;
    await session.pin(options.signal);
    return ldapChanges(this.#source, cursor, options);
  }

  findEntry(name: EntryName, options: EntryOptions = {}): Promise<NamedEntry | null> {
    return findEntry(this.#source, name, options);
  }

  requireVisible(
    containerDns: readonly string[],
    { signal }: ListingOptions = {},
  ): Promise<ReadonlySet<string>> {
    return requireVisible(this.#source.session, containerDns, signal);
  }

  unidentifiedAmong(dns: readonly string[], { signal }: ListingOptions = {}): Promise<ReadonlySet<string>> {
    return unidentifiedAmong(this.#source, dns, signal);
  }

  deletedAmong(
    directoryIds: readonly string[],
    { signal }: ListingOptions = {},
  ): Promise<ReadonlySet<string>> {
    return deletedAmong(this.#source, directoryIds, signal);
  }

  async count(selection: Selection, options: ListingOptions = {}): Promise<number> {
    const { signal } = options;
    if (selection.scope === 'container' || selection.scope === 'filter') {
      return this.#countEntries(await selectionQuery(this.#source, selection, signal), signal);
    }
    let count = 0;
    for await (const { users } of this.users(selection, options)) count += users.length;
    return count;
  }

  async close(): Promise<void> {
    this.#source.session.close();
  }

  async #countEntries(query: Query, signal?: AbortSignal): Promise<number> {
    let count = 0;
    const names = { ...query, attributes: ['1.1'], binaryAttributes: [] };
    for await (const entries of this.#source.session.pages(names, signal)) count += entries.length;
    return count;
  }
}
