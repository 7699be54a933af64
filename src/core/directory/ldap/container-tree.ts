import type { AttributeMap, RawEntry } from '../attributes.ts';
import type { DirectoryFilters } from '../default-filters.ts';
import type { Container } from '../directory.ts';
import { formatDirectoryId, type IdentifierType } from '../directory-id.ts';
import { isGlobalCatalog } from '../forest.ts';
import { isAtOrBelow, normalizeDn, parentDn, splitDn } from './distinguished-name.ts';
import { anyOf } from './filter-text.ts';
import { valuesOf } from './root-dse.ts';
import type { LdapSession, Query } from './session.ts';

const freshMs = 60_000;

interface Scan {
  root: string;
  at: number;
  childrenOf: Map<string, RawEntry[]>;
  /** Users in and below a container, by its normalized DN. */
  users: Map<string, number>;
}

/**
 * The containers below a DN with their numbers of users. One pass over the names of all users below counts them for
 * every level, so that opening a branch that was counted a moment ago asks the server nothing.
 */
export class ContainerTree {
  readonly #session: LdapSession;
  readonly #filters: DirectoryFilters;
  readonly #map: AttributeMap;
  readonly #now: () => number;
  #scan: Scan | undefined;

  /** @param now milliseconds of a steady clock */
  constructor(
    session: LdapSession,
    filters: DirectoryFilters,
    map: AttributeMap,
    now: () => number = () => performance.now(),
  ) {
    this.#session = session;
    this.#filters = filters;
    this.#map = map;
    this.#now = now;
  }

  async children(dn: string, signal?: AbortSignal): Promise<Container[]> {
    const parent = normalizeDn(dn);
    const isCounted =
      this.#scan !== undefined &&
      isAtOrBelow(parent, this.#scan.root) &&
      this.#now() - this.#scan.at < freshMs;
    const scan = isCounted && this.#scan !== undefined ? this.#scan : await this.#count(dn, signal);
    this.#scan = scan;
    const type = this.#map.uniqueIdentifierType as IdentifierType;
    return (scan.childrenOf.get(parent) ?? [])
      .map((entry) => {
        const name = normalizeDn(entry.dn);
        return {
          dn: entry.dn,
          name: nameOf(entry, this.#map.containerName),
          directoryId: formatDirectoryId(entry[this.#map.uniqueIdentifier], type) ?? '',
          users: scan.users.get(name) ?? 0,
          hasChildren: scan.childrenOf.has(name),
        };
      })
      .sort((left, right) => left.name.localeCompare(right.name));
  }

  async #count(dn: string, signal: AbortSignal | undefined): Promise<Scan> {
    const root = normalizeDn(dn);
    const childrenOf = new Map<string, RawEntry[]>();
    const { uniqueIdentifier, uniqueIdentifierType, containerName } = this.#map;
    const containers: Query = {
      baseDn: dn,
      scope: 'sub',
      // The other domains of a forest lie below it as containers do.
      filter: isGlobalCatalog(this.#session.url)
        ? anyOf([this.#filters.container, '(objectClass=domainDNS)'])
        : this.#filters.container,
      attributes: [uniqueIdentifier, ...containerName.split(';')],
      binaryAttributes: uniqueIdentifierType === 'guid' ? [uniqueIdentifier] : [],
    };
    for await (const page of this.#session.pages(containers, signal)) {
      for (const entry of page) {
        if (normalizeDn(entry.dn) === root) continue;
        const parent = normalizeDn(parentDn(entry.dn));
        const siblings = childrenOf.get(parent);
        if (siblings === undefined) childrenOf.set(parent, [entry]);
        else siblings.push(entry);
      }
    }
    const direct = new Map<string, number>();
    const people: Query = { baseDn: dn, scope: 'sub', filter: this.#filters.user, attributes: ['1.1'] };
    for await (const page of this.#session.pages(people, signal)) {
      for (const entry of page) {
        const parent = parentDn(entry.dn);
        direct.set(parent, (direct.get(parent) ?? 0) + 1);
      }
    }
    const users = new Map<string, number>();
    for (const [container, count] of direct) {
      let name = normalizeDn(container);
      while (isAtOrBelow(name, root)) {
        users.set(name, (users.get(name) ?? 0) + count);
        if (name === root) break;
        name = parentDn(name);
      }
    }
    return { root, at: this.#now(), childrenOf, users };
  }
}

/** The first of the attributes that has a value, else the first part of the DN. */
export function nameOf(entry: RawEntry, attributes: string): string {
  for (const attribute of attributes.split(';')) {
    const [value = ''] = valuesOf(entry, attribute.trim());
    if (value !== '') return value;
  }
  return splitDn(entry.dn)[0]?.replace(/^[^=]*=\s*/, '') ?? entry.dn;
}
