import { MfaError } from '../../errors.ts';
import { foldText } from '../../users/search-text.ts';
import { type AttributeMap, AttributeMapper, attributeMap, type RawEntry } from '../attributes.ts';
import type {
  Changes,
  Container,
  Directory,
  DirectoryPage,
  DirectoryUser,
  EntryName,
  NamedEntry,
  SearchResult,
  SecurityGroup,
  Selection,
  UnusableEntry,
  UserListingOptions,
} from '../directory.ts';
import { formatGuid } from '../directory-id.ts';
import type { DirectorySettings } from '../directory-settings.ts';
import { normalizeDn, parentDn } from '../ldap/distinguished-name.ts';
import { searchFilter } from '../ldap/user-search.ts';
import { baseDn, domain } from './company.ts';
import { buildEntries } from './entries.ts';
import { Membership } from './group-members.ts';
import { compileFilter, type EntryTest } from './match-filter.ts';

const pageSize = 100;

/** The base DN's own directory id. */
const baseId = '5a3c0d5e-0000-4000-8000-000000000001';

/** The built-in directory of a company that does not exist, to try everything with. It is always the same. */
export function openSampleDirectory(settings: DirectorySettings): Directory {
  return new SampleDirectory(settings);
}

class SampleDirectory implements Directory {
  readonly type = 'sample';
  readonly label = domain;
  readonly baseDn = baseDn;
  readonly certificateExpiresAt = null;
  readonly #settings: DirectorySettings;
  readonly #map: AttributeMap;
  readonly #mapper: AttributeMapper;
  readonly #containers: Map<string, RawEntry>;
  readonly #groups: Map<string, RawEntry>;
  readonly #users: Map<string, RawEntry>;
  readonly #membership: Membership;

  constructor(settings: DirectorySettings) {
    this.#settings = settings;
    this.#map = attributeMap('sample', settings.attributes);
    this.#mapper = new AttributeMapper(this.#map);
    const { containers, groups, users } = buildEntries();
    this.#containers = byKey(containers);
    this.#groups = byKey(groups);
    this.#users = byKey(users);
    this.#membership = new Membership(this.#groups, this.#users);
  }

  async containers(dn = baseDn): Promise<Container[]> {
    const parent = normalizeDn(dn);
    this.#requireContainer(parent, dn);
    const passes = this.#test(this.#settings.filters.container);
    const isUser = this.#test(this.#settings.filters.user);
    return [...this.#containers]
      .filter(([key, entry]) => parentDn(key) === parent && passes(entry))
      .map(([key, entry]) => ({
        dn: entry.dn,
        name: String(entry.name),
        directoryId: guidOf(entry),
        users: [...this.#users].filter(([userKey, user]) => userKey.endsWith(`,${key}`) && isUser(user))
          .length,
        hasChildren: [...this.#containers.keys()].some((other) => parentDn(other) === key),
      }))
      .sort(byName);
  }

  async groups(text = ''): Promise<SecurityGroup[]> {
    const passes = this.#test(this.#settings.filters.group);
    return [...this.#groups.values()]
      .filter((entry) => foldText(String(entry.name)).includes(foldText(text)) && passes(entry))
      .map((entry) => ({
        dn: entry.dn,
        name: String(entry.name),
        directoryId: guidOf(entry),
        description: entry.description === undefined ? null : String(entry.description),
      }))
      .sort(byName);
  }

  async search(text: string, limit: number): Promise<SearchResult> {
    const filter = searchFilter(text, this.#map);
    const passes = this.#test(filter);
    const isUser = this.#test(this.#settings.filters.user);
    const found = [...this.#users.values()].filter((entry) => passes(entry) && isUser(entry));
    return {
      users: this.#page(found.slice(0, limit)).users,
      filter,
      hasMore: found.length > limit,
      total: found.length,
    };
  }

  async *users(selection: Selection, options: UserListingOptions = {}): AsyncGenerator<DirectoryPage> {
    const { among } = options;
    const selected = this.#select(selection);
    const unusable = among === undefined ? selected.unusable : [];
    const wanted = among === undefined ? null : new Set(among);
    const entries = selected.entries.filter((entry) => wanted === null || wanted.has(guidOf(entry)));
    for (let start = 0; start === 0 || start < entries.length; start += pageSize) {
      if (options.signal?.aborted) {
        throw new MfaError('run.cancelled', 'Reading the directory was stopped.');
      }
      const page = this.#page(entries.slice(start, start + pageSize));
      if (start === 0) page.unusable.push(...unusable);
      yield page;
    }
  }

  async changes(): Promise<Changes> {
    return {
      isFullRunNeeded: true,
      because: 'unavailable',
      sentence: 'The sample directory is always read whole.',
      way: null,
      next: null,
    };
  }

  async findEntry(name: EntryName): Promise<NamedEntry | null> {
    const places: NamedEntry[] = [
      { dn: baseDn, directoryId: baseId },
      ...[this.#containers, this.#groups, this.#users].flatMap((entries) =>
        [...entries.values()].map((entry) => ({ dn: entry.dn, directoryId: guidOf(entry) })),
      ),
    ];
    const isIt = (entry: NamedEntry) =>
      'dn' in name ? normalizeDn(entry.dn) === normalizeDn(name.dn) : entry.directoryId === name.directoryId;
    return places.find(isIt) ?? null;
  }

  async requireVisible(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async unidentifiedAmong(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async deletedAmong(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async count(selection: Selection): Promise<number> {
    return this.#select(selection).entries.length;
  }

  async close(): Promise<void> {}

  #select(selection: Selection): { entries: RawEntry[]; unusable: UnusableEntry[] } {
    if (selection.scope === 'several') {
      const found = selection.selections.map((one) => this.#select(one));
      return {
        entries: [...new Set(found.flatMap(({ entries }) => entries))],
        unusable: found.flatMap(({ unusable }) => unusable),
      };
    }
    const passes = this.#test(selection.userFilter);
    const isUser = this.#test(this.#settings.filters.user);
    const narrow = (entries: RawEntry[]) => entries.filter((entry) => passes(entry) && isUser(entry));
    switch (selection.scope) {
      case 'users':
        return { entries: narrow(this.#named(selection.names)), unusable: [] };
      case 'container':
        return { entries: narrow(this.#below(selection.dn, selection.includeSubtree)), unusable: [] };
      case 'group': {
        const group = this.#groups.get(normalizeDn(selection.dn));
        if (group === undefined) throw notFound(`There is no group ${selection.dn}`, 'groups');
        const { users, unusable } = this.#membership.membersOf(group, selection.isRecursive);
        return { entries: narrow(users), unusable };
      }
      case 'filter':
        return {
          entries: narrow([...this.#users.values()].filter(this.#test(selection.filter))),
          unusable: [],
        };
    }
  }

  #below(dn: string, includeSubtree: boolean): RawEntry[] {
    const container = normalizeDn(dn);
    this.#requireContainer(container, dn);
    return [...this.#users]
      .filter(([key]) => (includeSubtree ? key.endsWith(`,${container}`) : parentDn(key) === container))
      .map(([, entry]) => entry);
  }

  /** Each person once, however often and in whichever way they are named. */
  #named(names: readonly string[]): RawEntry[] {
    const entriesByName = new Map<string, RawEntry>(this.#users);
    for (const entry of this.#users.values()) {
      const accountName = String(entry.sAMAccountName);
      for (const name of [guidOf(entry), accountName, `CORP\\${accountName}`, entry.userPrincipalName]) {
        if (name !== undefined) entriesByName.set(String(name).toLowerCase(), entry);
      }
    }
    const found = names.map((name) => {
      const entry = entriesByName.get(name.trim().toLowerCase()) ?? entriesByName.get(normalizeDn(name));
      if (entry === undefined) throw notFound(`There is no user ${name}`, 'search');
      return entry;
    });
    return [...new Set(found)];
  }

  #page(entries: readonly RawEntry[]): DirectoryPage {
    const users: DirectoryUser[] = [];
    const unusable: UnusableEntry[] = [];
    for (const entry of entries) {
      const mapped = this.#mapper.map(entry);
      if ('user' in mapped) users.push(mapped.user);
      else unusable.push(mapped.unusable);
    }
    return { users, unusable };
  }

  #test(filter: string | undefined): EntryTest {
    if (filter === undefined || filter.trim() === '') return () => true;
    return compileFilter(filter, (entryDn, groupDn) => this.#membership.isMember(entryDn, groupDn));
  }

  #requireContainer(key: string, dn: string): void {
    if (key !== normalizeDn(baseDn) && !this.#containers.has(key))
      throw notFound(`There is no container ${dn}`, 'tree');
  }
}

function byKey(entries: readonly RawEntry[]): Map<string, RawEntry> {
  return new Map(entries.map((entry) => [normalizeDn(entry.dn), entry]));
}

function byName(left: { name: string }, right: { name: string }): number {
  return left.name.localeCompare(right.name, 'en');
}

function guidOf(entry: RawEntry): string {
  return formatGuid(entry.objectGUID as Buffer) ?? '';
}

function notFound(what: string, verb: string): MfaError {
  return new MfaError('directory.entryNotFound', `${what} in the sample directory.`, {
    advice: `Look it up with "mfa-console directory ${verb}".`,
  });
}
