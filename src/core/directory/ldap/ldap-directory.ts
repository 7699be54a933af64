import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import { AttributeMapper, attributeMap, type RawEntry } from '../attributes.ts';
import type {
  Container,
  Directory,
  DirectoryPage,
  DirectoryType,
  ListingOptions,
  SearchResult,
  SecurityGroup,
  Selection,
} from '../directory.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { type DirectoryFilters, filtersOf } from './default-filters.ts';
import { domainOf } from './distinguished-name.ts';
import { allOf, parseFilter } from './filter-text.ts';
import { type RootDse, readRootDse } from './root-dse.ts';
import { LdapSession } from './session.ts';

/**
 * Connects to Active Directory or another LDAP server.
 * @param password of the bind account; null when there is none
 * @throws {MfaError} `directory.*`
 */
export async function openLdapDirectory(
  settings: DirectorySettings,
  password: string | null,
): Promise<Directory> {
  const filters = filtersOf(settings);
  const session = new LdapSession(settings, password);
  try {
    const rootDse = await session.use((connection) => readRootDse(connection));
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
  readonly #filters: DirectoryFilters;
  readonly #mapper: AttributeMapper;
  readonly #binaryAttributes: readonly string[];

  constructor(session: LdapSession, rootDse: RootDse, filters: DirectoryFilters) {
    const { settings } = session;
    this.#session = session;
    this.#filters = filters;
    this.type = settings.type;
    this.baseDn = settings.baseDn || rootDse.defaultNamingContext;
    this.label = domainOf(this.baseDn) || new URL(settings.urls[0] ?? 'ldap://unknown').hostname;
    const map = attributeMap(settings.type, settings.attributes);
    this.#mapper = new AttributeMapper(map);
    this.#binaryAttributes = map.uniqueIdentifierType === 'guid' ? [map.uniqueIdentifier] : [];
  }

  containers(_parentDn?: string): Promise<Container[]> {
    throw new MfaError('directory.protocol', 'Not there yet.');
  }

  groups(_text?: string): Promise<SecurityGroup[]> {
    throw new MfaError('directory.protocol', 'Not there yet.');
  }

  search(_text: string, _limit: number): Promise<SearchResult> {
    throw new MfaError('directory.protocol', 'Not there yet.');
  }

  async *users(selection: Selection, options: ListingOptions = {}): AsyncGenerator<DirectoryPage> {
    const { signal } = options;
    if (selection.userFilter) parseFilter(selection.userFilter);
    if (selection.scope === 'container') {
      await this.#requireEntry(selection.dn, 'container', signal);
      const filter = allOf(this.#filters.user, selection.userFilter);
      const scope = selection.includeSubtree ? 'sub' : 'one';
      for await (const page of this.#pages(selection.dn, scope, filter, signal)) yield page;
    } else if (selection.scope === 'filter') {
      parseFilter(selection.filter);
      const filter = allOf(this.#filters.user, selection.userFilter, selection.filter);
      for await (const page of this.#pages(this.baseDn, 'sub', filter, signal)) yield page;
    } else {
      throw new MfaError('directory.protocol', 'Not there yet.');
    }
  }

  async count(selection: Selection, options: ListingOptions = {}): Promise<number> {
    let count = 0;
    for await (const { users } of this.users(selection, options)) count += users.length;
    return count;
  }

  async close(): Promise<void> {
    this.#session.close();
  }

  async *#pages(
    baseDn: string,
    scope: 'one' | 'sub',
    filter: string,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<DirectoryPage> {
    const query = {
      baseDn,
      scope,
      filter,
      attributes: this.#mapper.attributes,
      binaryAttributes: this.#binaryAttributes,
    };
    for await (const entries of this.#session.pages(query, signal)) yield this.#map(entries);
  }

  #map(entries: readonly RawEntry[]): DirectoryPage {
    const page: DirectoryPage = { users: [], unusable: [] };
    for (const entry of entries) {
      const mapped = this.#mapper.map(entry);
      if ('user' in mapped) page.users.push(mapped.user);
      else page.unusable.push(mapped.unusable);
    }
    return page;
  }

  async #requireEntry(dn: string, what: string, signal: AbortSignal | undefined): Promise<void> {
    if ((await this.#session.read(dn, ['objectClass'], { signal })) === null) {
      throw new MfaError(
        'directory.entryNotFound',
        `There is no ${what} "${plainText(dn)}" in the directory.`,
        {
          advice:
            'Check the distinguished name ("mfa-console directory tree" shows them), and the rights of the bind account.',
        },
      );
    }
  }
}
