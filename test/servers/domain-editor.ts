import { Attribute, Change, Client, Control } from 'ldapts';
import { formatDirectoryId } from '../../src/core/directory/directory-id.ts';
import type { DomainController } from './samba.ts';

const treeDelete = '1.2.840.113556.1.4.805';

/** Values by attribute name; null takes the attribute away. */
export type Values = Readonly<Record<string, string | readonly string[] | null>>;

/**
 * Changes a domain over LDAP as its administrator: about 8 ms for each change, for tests that make many, where
 * `DirectoryContent` starts a program for each.
 */
export class DomainEditor {
  readonly domain: string;
  readonly #client: Client;

  private constructor(client: Client, domain: string) {
    this.#client = client;
    this.domain = domain;
  }

  /** The caller closes it. */
  static async open({ ldapsUrl, ca, administrator, domain }: DomainController): Promise<DomainEditor> {
    const client = new Client({ url: ldapsUrl, tlsOptions: { ca } });
    await client.bind(administrator.userPrincipalName, administrator.password);
    return new DomainEditor(client, domain);
  }

  /** @returns the directory id */
  async add(dn: string, values: Values): Promise<string> {
    const attributes = Object.entries(values).map(
      ([type, value]) => new Attribute({ type, values: valuesOf(value) }),
    );
    await this.#client.add(dn, attributes);
    const { searchEntries } = await this.#client.search(dn, {
      scope: 'base',
      attributes: ['objectGUID'],
      explicitBufferAttributes: ['objectGUID'],
    });
    const id = formatDirectoryId(searchEntries[0]?.objectGUID as Buffer | undefined, 'guid');
    if (id === null) throw new Error(`${dn} has no objectGUID`);
    return id;
  }

  async set(dn: string, values: Values): Promise<void> {
    const changes = Object.entries(values).map(([type, value]) => change('replace', type, valuesOf(value)));
    await this.#client.modify(dn, changes);
  }

  /** Gives an entry a new name, a new parent, or both. */
  async rename(dn: string, newDn: string): Promise<void> {
    await this.#client.modifyDN(dn, newDn);
  }

  /** Deletes an entry with everything below it. */
  async delete(dn: string): Promise<void> {
    await this.#client.del(dn, [new Control(treeDelete, { critical: true })]);
  }

  async addMember(groupDn: string, memberDn: string): Promise<void> {
    await this.#client.modify(groupDn, change('add', 'member', [memberDn]));
  }

  async removeMember(groupDn: string, memberDn: string): Promise<void> {
    await this.#client.modify(groupDn, change('delete', 'member', [memberDn]));
  }

  async close(): Promise<void> {
    await this.#client.unbind();
  }
}

function change(operation: 'add' | 'delete' | 'replace', type: string, values: string[]): Change {
  return new Change({ operation, modification: new Attribute({ type, values }) });
}

function valuesOf(value: Values[string]): string[] {
  if (value === null || value === undefined) return [];
  return typeof value === 'string' ? [value] : [...value];
}
