import type { DomainEditor, Values } from '../servers/domain-editor.ts';

export type EntryKind = 'ou' | 'group' | 'person';

/** An entry of a {@link ChangingDomain}; it stays the same one through renames and moves. */
export interface DomainEntry {
  readonly kind: EntryKind;
  readonly directoryId: string;
  name: string;
  parent: DomainEntry | null;
  /** Of groups. */
  readonly members: Set<DomainEntry>;
  /** Of people. */
  isEnabled: boolean;
  /** Of people: a `telephoneNumber`. */
  hasOfficePhone: boolean;
}

const normalAccount = 0x200;
const accountDisabled = 0x2;
/** A real directory takes an enabled account without a password over LDAP only with this. */
const passwordNotRequired = 0x20;

/**
 * A part of a real domain that a test changes, and what it knows of it: who is where, and in which groups. Several can
 * live in one domain, each with OUs of its own.
 */
export class ChangingDomain {
  readonly entries = new Set<DomainEntry>();
  readonly #editor: DomainEditor;
  readonly #rootDn: string;
  /** Of accounts, which have to be unique in the domain. */
  readonly #prefix: string;

  constructor(editor: DomainEditor, rootDn: string, prefix: string) {
    this.#editor = editor;
    this.#rootDn = rootDn;
    this.#prefix = prefix;
  }

  all(kind: EntryKind): DomainEntry[] {
    return [...this.entries].filter((entry) => entry.kind === kind);
  }

  dn({ kind, name, parent }: Pick<DomainEntry, 'kind' | 'name' | 'parent'>): string {
    return `${kind === 'ou' ? 'OU' : 'CN'}=${name},${parent === null ? this.#rootDn : this.dn(parent)}`;
  }

  /** For people who read a test's report. */
  path({ name, parent }: Pick<DomainEntry, 'name' | 'parent'>): string {
    return parent === null ? name : `${this.path(parent)}/${name}`;
  }

  /** What users are called here. */
  username({ name }: Pick<DomainEntry, 'name'>): string {
    return `${this.#account(name)}@${this.#editor.domain}`;
  }

  async ou(name: string, parent: DomainEntry | null = null): Promise<DomainEntry> {
    return this.#add({ kind: 'ou', name, parent }, { objectClass: 'organizationalUnit' });
  }

  async group(name: string, parent: DomainEntry): Promise<DomainEntry> {
    const values = { objectClass: 'group', sAMAccountName: this.#account(name) };
    return this.#add({ kind: 'group', name, parent }, values);
  }

  async person(name: string, parent: DomainEntry, values: Values = {}): Promise<DomainEntry> {
    return this.#add(
      { kind: 'person', name, parent },
      {
        objectClass: 'user',
        ...this.#names(name),
        userAccountControl: accountControl(true),
        ...values,
      },
    );
  }

  async set(entry: DomainEntry, values: Values): Promise<void> {
    await this.#editor.set(this.dn(entry), values);
    if (values.telephoneNumber !== undefined) entry.hasOfficePhone = values.telephoneNumber !== null;
  }

  async setEnabled(person: DomainEntry, isEnabled: boolean): Promise<void> {
    await this.set(person, { userAccountControl: accountControl(isEnabled) });
    person.isEnabled = isEnabled;
  }

  async move(entry: DomainEntry, parent: DomainEntry): Promise<void> {
    await this.#editor.rename(this.dn(entry), this.dn({ ...entry, parent }));
    entry.parent = parent;
  }

  /** A person's account is renamed, too. */
  async rename(entry: DomainEntry, name: string): Promise<void> {
    await this.#editor.rename(this.dn(entry), this.dn({ ...entry, name }));
    entry.name = name;
    if (entry.kind === 'person') await this.set(entry, this.#names(name));
  }

  /** With everything below it. */
  async delete(entry: DomainEntry): Promise<void> {
    await this.#editor.delete(this.dn(entry));
    for (const gone of [...this.entries].filter((one) => one === entry || this.isBelow(one, entry))) {
      this.forget(gone);
    }
  }

  /** Leaves an entry as it is, whatever happens to all others. */
  forget(entry: DomainEntry): void {
    this.entries.delete(entry);
    for (const { members } of this.entries) members.delete(entry);
  }

  async join(group: DomainEntry, member: DomainEntry): Promise<void> {
    await this.#editor.addMember(this.dn(group), this.dn(member));
    group.members.add(member);
  }

  async quit(group: DomainEntry, member: DomainEntry): Promise<void> {
    await this.#editor.removeMember(this.dn(group), this.dn(member));
    group.members.delete(member);
  }

  isBelow({ parent }: DomainEntry, ou: DomainEntry): boolean {
    return parent !== null && (parent === ou || this.isBelow(parent, ou));
  }

  /** Also through groups in groups. */
  isMember(entry: DomainEntry, group: DomainEntry, seen = new Set<DomainEntry>()): boolean {
    if (seen.has(group)) return false;
    seen.add(group);
    return [...group.members].some((member) => member === entry || this.isMember(entry, member, seen));
  }

  async #add(entry: Pick<DomainEntry, 'kind' | 'name' | 'parent'>, values: Values): Promise<DomainEntry> {
    const directoryId = await this.#editor.add(this.dn(entry), values);
    const added: DomainEntry = {
      ...entry,
      directoryId,
      members: new Set(),
      isEnabled: true,
      hasOfficePhone: false,
    };
    this.entries.add(added);
    return added;
  }

  #account(name: string): string {
    return `${this.#prefix}${name}`;
  }

  #names(name: string): Values {
    return { sAMAccountName: this.#account(name), userPrincipalName: this.username({ name }) };
  }
}

function accountControl(isEnabled: boolean): string {
  return String(normalAccount | passwordNotRequired | (isEnabled ? 0 : accountDisabled));
}
