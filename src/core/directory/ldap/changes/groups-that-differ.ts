import type { RawEntry } from '../../attributes.ts';
import type { WatchedGroup } from '../../changes.ts';
import { showDeleted } from '../directory-rights.ts';
import { normalizeDn } from '../distinguished-name.ts';
import { allOf, anyOf, escapeValue } from '../filter-text.ts';
import { isGroup } from '../group-source.ts';
import { idFilters } from '../identity-filter.ts';
import { domainDnOf, identify } from '../ldap-source.ts';
import { valuesOf } from '../root-dse.ts';
import type { ChangeSource } from './change-reader.ts';
import type { ChangedEntry } from './changed-places.ts';

/** Servers without an index of members compare every member with each name, so that more would take longer than a listing. */
const mostAtOnce = 40;

/**
 * Which groups may have other members because some groups changed: those that changed themselves, and of those whose
 * groups in groups count the ones that a changed group lies in now.
 *
 * That is enough. Where somebody came into a group or out of it, a link on the way there is new or gone, and the group
 * that has the link in its list has changed. The topmost of these groups lies in the group now, because all links above it
 * are as they were. Links that went with a deleted group are told by {@link deletedGroups}.
 * @param tellsOfDomain all groups of the domain are among those that changed, and links name entries, not places
 */
export async function groupsThatDiffer(
  source: ChangeSource,
  watched: readonly WatchedGroup[],
  changed: readonly ChangedEntry[],
  tellsOfDomain: boolean,
): Promise<WatchedGroup[]> {
  if (changed.length === 0) return [];
  const ids = new Set(changed.map(({ directoryId }) => directoryId));
  const open = watched.filter((group) => group.isRecursive && !ids.has(group.directoryId));
  const told = tellsOfDomain && open.length > 0 ? await groupsAbove(source, changed) : null;
  const shown = told === null ? new Set() : await groupsWithMembers(source, open);
  const isInside = ({ directoryId, isRecursive }: WatchedGroup) =>
    isRecursive && (told === null || told.has(directoryId) || !shown.has(directoryId));
  return watched.filter((group) => ids.has(group.directoryId) || isInside(group));
}

/**
 * Which deleted entries were groups, or may have been. The groups that they were in show no change, and nothing tells
 * which these were.
 */
export async function deletedGroups(source: ChangeSource, deleted: ReadonlySet<string>): Promise<string[]> {
  const others = new Set<string>();
  for (const isOneOf of idFilters(source.map, deleted)) {
    for (const entry of await find(source, isOneOf, ['objectClass'], true)) {
      const id = identify(source, entry);
      // Whoever may not read the class may not see the entry at all.
      if (id !== null && valuesOf(entry, 'objectClass').length > 0 && !isGroup(entry)) others.add(id);
    }
  }
  return [...deleted].filter((id) => !others.has(id));
}

/**
 * The ids of all groups that some groups lie in, at any depth, by the links of both sides, since either may be hidden
 * from the account; null when that cannot be told.
 */
async function groupsAbove(
  source: ChangeSource,
  groups: readonly ChangedEntry[],
): Promise<ReadonlySet<string> | null> {
  const ids = new Set<string>();
  const seen = new Set<string>();
  let level = new Map(groups.map(({ dn }) => [normalizeDn(dn), dn]));
  while (level.size > 0) {
    if (level.size > mostAtOnce) return null;
    const names = [...level.values()];
    const entries = await find(source, anyOf(names.map(named('distinguishedName'))), ['memberOf']);
    // One that is hidden, or lies in another domain, may be in any group.
    if (entries.length < level.size) return null;
    const above: string[] = [];
    const silent: string[] = [];
    for (const entry of entries) {
      const id = identify(source, entry);
      if (id === null || hasMore(entry)) return null;
      ids.add(id);
      const links = valuesOf(entry, 'memberOf');
      if (links.length === 0) silent.push(entry.dn);
      above.push(...links);
    }
    // Who shows no link is in no group, or its links are hidden: the lists of the groups tell.
    if (silent.length > 0) {
      const lists = await find(source, anyOf(silent.map(named('member'))), []);
      above.push(...lists.map(({ dn }) => dn));
    }
    for (const name of level.keys()) seen.add(name);
    const next = above.map((dn) => [normalizeDn(dn), dn] as const);
    level = new Map(next.filter(([name]) => !seen.has(name)));
  }
  return ids;
}

/** The ids of those groups whose own lists can be read: of others it is not known what lies in them. */
async function groupsWithMembers(
  source: ChangeSource,
  groups: readonly WatchedGroup[],
): Promise<ReadonlySet<string | null>> {
  const ids = new Set<string | null>();
  const wanted = groups.map(({ directoryId }) => directoryId);
  for (const isOneOf of idFilters(source.map, wanted)) {
    for (const entry of await find(source, allOf('(member=*)', isOneOf), []))
      ids.add(identify(source, entry));
  }
  return ids;
}

function find(
  source: ChangeSource,
  filter: string,
  attributes: readonly string[],
  withDeleted = false,
): Promise<RawEntry[]> {
  const { session, map, binaryAttributes, signal } = source;
  const query = {
    baseDn: domainDnOf(source),
    scope: 'sub' as const,
    filter,
    attributes: [map.uniqueIdentifier, ...attributes],
    binaryAttributes,
    ...(withDeleted && { controls: [showDeleted] }),
  };
  return session.all(query, signal);
}

function named(attribute: string): (dn: string) => string {
  return (dn) => `(${attribute}=${escapeValue(dn)})`;
}

/** The server gives very many links in parts (`memberOf;range=0-1499`), of which these are the first. */
function hasMore(entry: RawEntry): boolean {
  return Object.keys(entry).some((name) => /^memberOf;range=/i.test(name));
}
