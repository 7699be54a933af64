import type { ChangeCursor } from '../../src/core/directory/changes.ts';
import type {
  ChangeOptions,
  Changes,
  Directory,
  DirectoryPage,
  DirectoryUser,
  EntryName,
  NamedEntry,
  Selection,
  SingleSelection,
  UnusableEntry,
  UserListingOptions,
} from '../../src/core/directory/directory.ts';
import type { ItemDefinition, ItemSelection } from '../../src/core/sync/sync-item.ts';
import { itemDefinitionSchema } from '../../src/core/sync/sync-item.ts';
import { Synchronization } from '../../src/core/sync/synchronization.ts';
import { directoryIdOf, person } from './directory-people.ts';
import type { TemporaryCore } from './temporary-core.ts';

export const rootDn = 'DC=memory,DC=contoso,DC=test';

/** An entry that changed; below a place everybody counts as changed, too. */
interface Event {
  readonly kind: 'person' | 'group' | 'place' | 'deleted' | 'deletedGroup';
  readonly id: string;
}

const cursorOf = (position: number): ChangeCursor => ({
  kind: 'usn',
  server: 'ldaps://memory.contoso.test',
  controller: 'memory',
  invocationId: null,
  usn: null,
  scope: '',
  position: String(position),
  takenAt: '2026-01-01T00:00:00.000Z',
});

/** A directory in memory with OUs and groups, which a test changes between and during runs. */
export class ChangingDirectory {
  /** By directory id; a person is in the OU that the DN says. */
  readonly people = new Map<string, DirectoryUser>();
  /** The DNs of OUs and groups by their directory ids. */
  readonly places = new Map<string, string>([[directoryIdOf(rootDn), rootDn]]);
  /** Directory ids of people and groups, by that of the group. */
  readonly members = new Map<string, Set<string>>();
  readonly deleted = new Set<string>();
  readonly hiddenOus = new Set<string>();
  /** What changed, in order; a cursor is a place in it. Null: nothing tells of changes. */
  log: Event[] | null = null;
  unusable: UnusableEntry[] = [];
  certificateExpiresAt: string | null = null;
  pageSize = 100;
  /** Called before every page of a listing of everybody with what was listed so far; what it throws ends it. */
  beforePage: (given: number, selection: SingleSelection) => unknown = () => undefined;

  ou(name: string, parent = rootDn): string {
    const dn = `OU=${name},${parent}`;
    this.places.set(directoryIdOf(dn), dn);
    return dn;
  }

  group(name: string, ...members: string[]): string {
    const dn = `CN=${name},OU=Groups,${rootDn}`;
    const id = directoryIdOf(dn);
    this.places.set(id, dn);
    this.members.set(id, new Set(members));
    return dn;
  }

  /** @returns the directory id */
  add(name: string, ou: string, changes: Partial<DirectoryUser> = {}): string {
    const someone = person(name, { dn: `CN=${name},${ou}`, phones: { mobile: '+14255550123' }, ...changes });
    this.people.set(someone.directoryId, someone);
    this.#note('person', someone.directoryId);
    return someone.directoryId;
  }

  addMany(count: number, ou: string, prefix: string): string[] {
    return Array.from({ length: count }, (_, index) =>
      this.add(`${prefix}${String(index).padStart(3, '0')}`, ou),
    );
  }

  change(id: string, changes: Partial<DirectoryUser>): void {
    const before = this.people.get(id);
    if (before === undefined) throw new Error(`nobody has the id ${id}`);
    this.people.set(id, { ...before, ...changes });
    this.#note('person', id);
  }

  move(id: string, ou: string): void {
    this.change(id, { dn: `${this.people.get(id)?.dn.split(',')[0]},${ou}` });
  }

  /** The entry of a place keeps its directory id; everybody below follows. */
  renamePlace(dn: string, newDn: string): void {
    for (const [id, place] of this.places) {
      if (place !== dn) continue;
      this.places.set(id, newDn);
      this.#note('place', id);
    }
    for (const [id, { dn: own }] of this.people) {
      if (own.endsWith(`,${dn}`)) this.change(id, { dn: own.slice(0, -dn.length) + newDn });
    }
  }

  /** @param id of a person or a group */
  delete(id: string): void {
    const isGroup = this.members.delete(id);
    if (isGroup) this.places.delete(id);
    this.people.delete(id);
    this.deleted.add(id);
    this.#note(isGroup ? 'deletedGroup' : 'deleted', id);
    for (const members of this.members.values()) members.delete(id);
  }

  /** @param member the directory id of a person or a group */
  join(groupDn: string, member: string): void {
    this.#membersAt(groupDn).add(member);
    this.#note('group', directoryIdOf(groupDn));
  }

  quit(groupDn: string, member: string): void {
    this.#membersAt(groupDn).delete(member);
    this.#note('group', directoryIdOf(groupDn));
  }

  async changes(cursor: ChangeCursor | null, { groups, most }: ChangeOptions): Promise<Changes> {
    const { log } = this;
    const nothing = { isFullRunNeeded: true, because: 'unavailable', way: null, next: null } as const;
    if (log === null) return { ...nothing, sentence: 'This directory does not tell of changes.' };
    const next = cursorOf(log.length);
    if (cursor === null) return { ...nothing, sentence: 'Nothing was read yet.', next };
    const events = log.slice(Number(cursor.position));
    const idsOf = (kind: Event['kind']) =>
      new Set(events.filter((one) => one.kind === kind).map(({ id }) => id));
    const changed = idsOf('person');
    for (const id of idsOf('place')) {
      const dn = this.places.get(id);
      for (const [person, { dn: own }] of this.people) if (own.endsWith(`,${dn}`)) changed.add(person);
    }
    if (changed.size > most) return { ...nothing, sentence: 'Too much was changed.', next };
    return {
      isFullRunNeeded: false,
      way: { kind: 'usn', reason: 'This directory keeps a log.', seesDeletions: true },
      server: next.server,
      changed: [...changed],
      deleted: [...idsOf('deleted'), ...idsOf('deletedGroup')],
      deletedGroups: [...idsOf('deletedGroup')],
      groups: groups.filter(({ directoryId, isRecursive }) => {
        const inside = isRecursive ? this.#groupsIn(directoryId) : new Set([directoryId]);
        return [...idsOf('group')].some((id) => inside.has(id));
      }),
      next,
    };
  }

  async *users(selection: Selection, { among }: UserListingOptions = {}): AsyncGenerator<DirectoryPage> {
    const wanted = among === undefined ? null : new Set(among);
    const found = this.#select(selection as SingleSelection).filter(
      ({ directoryId }) => wanted === null || wanted.has(directoryId),
    );
    for (let given = 0; given === 0 || given < found.length; given += this.pageSize) {
      if (wanted === null) await this.beforePage(given, selection as SingleSelection);
      yield {
        users: found.slice(given, given + this.pageSize),
        unusable: given === 0 && wanted === null ? [...this.unusable] : [],
      };
    }
  }

  async count(selection: Selection): Promise<number> {
    return this.#select(selection as SingleSelection).length;
  }

  async findEntry(name: EntryName): Promise<NamedEntry | null> {
    const people = [...this.people.values()].map(({ directoryId, dn }) => [directoryId, dn] as const);
    for (const [directoryId, dn] of [...this.places, ...people]) {
      if ('dn' in name ? name.dn === dn : name.directoryId === directoryId) return { dn, directoryId };
    }
    return null;
  }

  async requireVisible(dns: readonly string[]): Promise<ReadonlySet<string>> {
    const hidden = dns.find((dn) => this.hiddenOus.has(dn));
    if (hidden !== undefined) throw new Error(`${hidden} hides its content`);
    const places = new Set(this.places.values());
    return new Set(dns.filter((dn) => !places.has(dn)));
  }

  async unidentifiedAmong(dns: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(dns.filter((dn) => this.unusable.some((one) => one.isHidden && one.dn === dn)));
  }

  async deletedAmong(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(ids.filter((id) => this.deleted.has(id)));
  }

  async close(): Promise<void> {}

  #note(kind: Event['kind'], id: string): void {
    this.log?.push({ kind, id });
  }

  /** The group itself, and all groups in it. */
  #groupsIn(groupId: string, seen = new Set<string>()): Set<string> {
    seen.add(groupId);
    for (const id of this.members.get(groupId) ?? []) {
      if (this.members.has(id) && !seen.has(id)) this.#groupsIn(id, seen);
    }
    return seen;
  }

  #membersAt(groupDn: string): Set<string> {
    const members = this.members.get(directoryIdOf(groupDn));
    if (members === undefined) throw new Error(`there is no group ${groupDn}`);
    return members;
  }

  #select(selection: SingleSelection): DirectoryUser[] {
    const everybody = [...this.people.values()].filter(
      ({ dn }) => ![...this.hiddenOus].some((ou) => dn.endsWith(`,${ou}`)),
    );
    if (selection.scope === 'container') {
      return everybody.filter(({ dn }) =>
        selection.includeSubtree
          ? dn.endsWith(`,${selection.dn}`)
          : dn.slice(dn.indexOf(',') + 1) === selection.dn,
      );
    }
    if (selection.scope === 'users') {
      return everybody.filter(({ username }) => selection.names.includes(username ?? ''));
    }
    if (selection.scope === 'filter') {
      const prefix = /^\(cn=(.*)\*\)$/.exec(selection.filter)?.[1] ?? '';
      return everybody.filter(({ username }) => username?.startsWith(prefix));
    }
    const ids = this.#membersOf(selection.dn, selection.isRecursive, new Set());
    return everybody.filter(({ directoryId }) => ids.has(directoryId));
  }

  #membersOf(dn: string, isRecursive: boolean, seen: Set<string>): Set<string> {
    const ids = new Set<string>();
    for (const [groupId, place] of this.places) {
      if (place !== dn || seen.has(groupId)) continue;
      seen.add(groupId);
      for (const id of this.members.get(groupId) ?? []) {
        const nested = this.members.has(id) ? this.places.get(id) : undefined;
        if (nested === undefined) ids.add(id);
        else if (isRecursive) for (const one of this.#membersOf(nested, true, seen)) ids.add(one);
      }
    }
    return ids;
  }
}

/** A core's synchronization with a directory in memory. */
export function synchronizationWith(core: TemporaryCore, directory: ChangingDirectory): Synchronization {
  return new Synchronization({
    ...core,
    openDirectory: async () => directory as unknown as Directory,
    listUsers: (selection, options) => directory.users(selection, options),
  });
}

/** An item that updates whom it finds and disables leavers. */
export function definition(
  selection: ItemSelection,
  changes: Partial<Omit<ItemDefinition, 'rules' | 'selection'>> & {
    rules?: Partial<ItemDefinition['rules']>;
  } = {},
): ItemDefinition {
  const { rules, ...rest } = changes;
  return itemDefinitionSchema.parse({
    leavers: 'disable',
    ...rest,
    selection,
    rules: { updateExisting: true, enable: 'always', ...rules },
  });
}

export function container(dn: string): ItemSelection {
  return { scope: 'container', directoryId: directoryIdOf(dn), dn, includeSubtree: true };
}

export function groupOf(dn: string): ItemSelection {
  return { scope: 'group', directoryId: directoryIdOf(dn), dn, isRecursive: true };
}
