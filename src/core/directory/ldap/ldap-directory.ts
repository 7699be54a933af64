import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { type AttributeMap, AttributeMapper, attributeMap, type RawEntry } from '../attributes.ts';
import type { DirectoryFilters } from '../default-filters.ts';
import type {
  Container,
  Directory,
  DirectoryPage,
  DirectoryType,
  DirectoryUser,
  ListingOptions,
  SearchResult,
  SecurityGroup,
  Selection,
  SingleSelection,
} from '../directory.ts';
import { formatDirectoryId, type IdentifierType } from '../directory-id.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { ContainerTree, nameOf } from './container-tree.ts';
import { domainOf } from './distinguished-name.ts';
import { allOf, anyOf, escapeValue, parseFilter } from './filter-text.ts';
import { filtersOf } from './filters-of.ts';
import { groupMembers } from './group-members.ts';
import { namedUsers } from './named-users.ts';
import { requireReadable } from './readable-container.ts';
import { type RootDse, readRootDse, valuesOf } from './root-dse.ts';
import { LdapSession, type Query } from './session.ts';
import { searchFilter } from './user-search.ts';

/**
 * Connects to Active Directory or another LDAP server.
 * @param password of the bind account; null when there is none
 * @throws {MfaError} `directory.*`; `run.cancelled` when the signal came first
 */
export async function openLdapDirectory(
  settings: DirectorySettings,
  password: string | null,
  signal?: AbortSignal,
): Promise<Directory> {
  const filters = filtersOf(settings);
  const session = new LdapSession(settings, password);
  try {
    const rootDse = await session.use((connection) => readRootDse(connection, signal), signal);
    return new LdapDirectory(session, rootDse, filters);
  } catch (error) {
    session.close();
    throw error;
  }
}

class LdapDirectory implements Directory {
  readonly type: DirectoryType;
  readonly label: string;
  readonly baseDn: string;
  readonly #session: LdapSession;
  readonly #rootDse: RootDse;
  readonly #filters: DirectoryFilters;
  readonly #map: AttributeMap;
  readonly #mapper: AttributeMapper;
  readonly #binaryAttributes: readonly string[];
  readonly #tree: ContainerTree;

  constructor(session: LdapSession, rootDse: RootDse, filters: DirectoryFilters) {
    const { settings } = session;
    this.#session = session;
    this.#rootDse = rootDse;
    this.#filters = filters;
    this.type = settings.type;
    this.baseDn = settings.baseDn || rootDse.defaultNamingContext;
    this.label = domainOf(this.baseDn) || new URL(settings.urls[0] ?? 'ldap://unknown').hostname;
    this.#map = attributeMap(settings.type, settings.attributes);
    this.#mapper = new AttributeMapper(this.#map);
    this.#binaryAttributes = this.#map.uniqueIdentifierType === 'guid' ? [this.#map.uniqueIdentifier] : [];
    this.#tree = new ContainerTree(session, filters, this.#map);
  }

  async containers(parentDn = this.baseDn, { signal }: ListingOptions = {}): Promise<Container[]> {
    await this.#requireContainer(parentDn, signal);
    return this.#tree.children(parentDn, signal);
  }

  async groups(text = '', { signal }: ListingOptions = {}): Promise<SecurityGroup[]> {
    const { securityGroupName, uniqueIdentifier } = this.#map;
    const names = securityGroupName.split(';').map((name) => name.trim());
    const value = escapeValue(text.trim());
    const hasText = value === '' ? '' : anyOf(names.map((name) => `(${name}=*${value}*)`));
    const query: Query = {
      baseDn: this.baseDn,
      scope: 'sub',
      filter: allOf(this.#filters.group, hasText),
      attributes: [uniqueIdentifier, ...names, 'description'],
      binaryAttributes: this.#binaryAttributes,
    };
    const entries = await this.#session.all(query, signal);
    return entries
      .map((entry) => ({
        dn: entry.dn,
        name: nameOf(entry, securityGroupName),
        directoryId: this.#identify(entry) ?? '',
        description: valuesOf(entry, 'description')[0] ?? null,
      }))
      .sort((left, right) => left.name.localeCompare(right.name));
  }

  async search(text: string, limit: number, { signal }: ListingOptions = {}): Promise<SearchResult> {
    const filter = searchFilter(text, this.#map);
    const query = this.#everybody(this.baseDn, 'sub', allOf(this.#filters.user, filter));
    const users: DirectoryUser[] = [];
    for await (const entries of this.#session.pages(query, signal)) {
      users.push(...this.#mapAll(entries).users);
      if (users.length > limit) {
        const total = await this.#countEntries(query, signal);
        return { users: users.slice(0, limit), filter, hasMore: true, total };
      }
    }
    return { users, filter, hasMore: false, total: users.length };
  }

  async *users(selection: Selection, options: ListingOptions = {}): AsyncGenerator<DirectoryPage> {
    const seen = new Set<string>();
    for await (const page of this.#select(selection, options.signal)) {
      const users = page.users.filter(({ directoryId }) => {
        const isNew = !seen.has(directoryId);
        seen.add(directoryId);
        return isNew;
      });
      if (users.length > 0 || page.unusable.length > 0) yield { users, unusable: page.unusable };
    }
  }

  async count(selection: Selection, options: ListingOptions = {}): Promise<number> {
    const { signal } = options;
    if (selection.scope === 'container' || selection.scope === 'filter') {
      return this.#countEntries(await this.#query(selection, signal), signal);
    }
    let count = 0;
    for await (const { users } of this.users(selection, options)) count += users.length;
    return count;
  }

  async close(): Promise<void> {
    this.#session.close();
  }

  async *#select(selection: Selection, signal: AbortSignal | undefined): AsyncGenerator<DirectoryPage> {
    if (selection.scope === 'several') {
      for (const one of selection.selections) yield* this.#select(one, signal);
      return;
    }
    if (selection.userFilter) parseFilter(selection.userFilter);
    const userFilter = allOf(this.#filters.user, selection.userFilter);
    if (selection.scope === 'users') {
      const users = await namedUsers(
        {
          session: this.#session,
          rootDse: this.#rootDse,
          baseDn: this.baseDn,
          userFilter,
          map: this.#map,
          mapper: this.#mapper,
          binaryAttributes: this.#binaryAttributes,
        },
        selection.names,
        signal,
      );
      if (users.length > 0) yield { users, unusable: [] };
    } else if (selection.scope === 'group') {
      const source = {
        session: this.#session,
        baseDn: this.baseDn,
        isActiveDirectory: this.#rootDse.isActiveDirectory,
        userFilter,
        userAttributes: this.#mapper.attributes,
        binaryAttributes: this.#binaryAttributes,
      };
      for await (const page of groupMembers(source, selection.dn, selection.isRecursive, signal)) {
        const mapped = this.#mapAll(page.entries);
        yield { users: mapped.users, unusable: [...mapped.unusable, ...page.unusable] };
      }
    } else {
      const query = await this.#query(selection, signal);
      let isEmpty = true;
      for await (const entries of this.#session.pages(query, signal)) {
        isEmpty = false;
        yield this.#mapAll(entries);
      }
      if (isEmpty) await requireReadable(this.#session, query.baseDn, signal);
    }
  }

  /** The search of a container or a filter; the container is known to exist. */
  async #query(
    selection: Extract<SingleSelection, { scope: 'container' | 'filter' }>,
    signal: AbortSignal | undefined,
  ): Promise<Query> {
    const isFilter = selection.scope === 'filter';
    if (isFilter) parseFilter(selection.filter);
    const baseDn = isFilter ? this.baseDn : selection.dn;
    await this.#requireContainer(baseDn, signal);
    const filter = allOf(this.#filters.user, selection.userFilter, isFilter ? selection.filter : undefined);
    return this.#everybody(baseDn, isFilter || selection.includeSubtree ? 'sub' : 'one', filter);
  }

  #everybody(baseDn: string, scope: 'one' | 'sub', filter: string): Query {
    const { attributes } = this.#mapper;
    return { baseDn, scope, filter, attributes, binaryAttributes: this.#binaryAttributes };
  }

  async #countEntries(query: Query, signal?: AbortSignal): Promise<number> {
    let count = 0;
    const names = { ...query, attributes: ['1.1'], binaryAttributes: [] };
    for await (const entries of this.#session.pages(names, signal)) count += entries.length;
    return count;
  }

  #mapAll(entries: readonly RawEntry[]): DirectoryPage {
    const page: DirectoryPage = { users: [], unusable: [] };
    for (const entry of entries) {
      const mapped = this.#mapper.map(entry);
      if ('user' in mapped) page.users.push(mapped.user);
      else page.unusable.push(mapped.unusable);
    }
    return page;
  }

  #identify(entry: RawEntry): string | null {
    const type = this.#map.uniqueIdentifierType as IdentifierType;
    return formatDirectoryId(entry[this.#map.uniqueIdentifier], type);
  }

  /** An empty listing means something only for a container that is there. */
  async #requireContainer(dn: string, signal?: AbortSignal): Promise<void> {
    if ((await this.#session.read(dn, ['1.1'], { signal })) !== null) return;
    throw new MfaError(
      'directory.entryNotFound',
      `There is no container "${plainText(dn)}" in the directory.`,
      {
        advice:
          'Check the distinguished name ("mfa-console directory tree" shows them), and the rights of the bind account.',
      },
    );
  }
}
