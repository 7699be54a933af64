import type { ChangedEntry } from '../../changes.ts';
import { defaultFilters } from '../../default-filters.ts';
import type { DirectoryPage } from '../../directory.ts';
import { isGlobalCatalog } from '../../forest.ts';
import { isAtOrBelow, normalizeDn } from '../distinguished-name.ts';
import { allOf, anyOf } from '../filter-text.ts';
import { isGroup } from '../group-source.ts';
import { idFilters } from '../identity-filter.ts';
import { identify, mapUsers, usersQuery } from '../ldap-source.ts';
import type { ChangeSource, Found } from './change-reader.ts';

/** Entries that changed and are no users. */
export interface ChangedPlaces {
  readonly groups: readonly ChangedEntry[];
  /** What people may lie below. */
  readonly containers: readonly ChangedEntry[];
}

/** Which of the entries are groups and containers; those at or above the base DN do not count. */
export async function readPlaces(source: ChangeSource, found: Found): Promise<ChangedPlaces> {
  const { session, rootDse, baseDn, filters, signal } = source;
  const defaults = defaultFilters[session.settings.type];
  // The group filter may leave out groups in groups, and the container filter a container with people in it.
  const group = rootDse.isActiveDirectory ? '(objectClass=group)' : defaults.group;
  const isPlace = anyOf([group, filters.group, defaults.container, filters.container]);
  const hasOneDomain = rootDse.isActiveDirectory && !isGlobalCatalog(session.url);
  const base = normalizeDn(baseDn);
  const groups: ChangedEntry[] = [];
  const containers: ChangedEntry[] = [];
  for (const hasChanged of changeFilters(source, found.changed, found.filter)) {
    const entries = await session.all(
      {
        baseDn: hasOneDomain ? rootDse.defaultNamingContext : baseDn,
        scope: 'sub',
        filter: allOf(hasChanged, isPlace),
        attributes: [source.map.uniqueIdentifier, 'objectClass'],
        binaryAttributes: source.binaryAttributes,
      },
      signal,
    );
    for (const entry of entries) {
      const directoryId = identify(source, entry);
      // Whatever changed since then comes the next time.
      if (directoryId === null || !found.changed.has(directoryId)) continue;
      if (isGroup(entry)) groups.push({ directoryId, dn: entry.dn });
      else if (!isAtOrBelow(base, normalizeDn(entry.dn))) containers.push({ directoryId, dn: entry.dn });
    }
  }
  return { groups, containers };
}

/**
 * The users among what changed, and those below some containers, each once.
 * @param seen takes the ids of all entries that were found
 */
export async function* readUsers(
  source: ChangeSource,
  found: Found,
  containers: readonly ChangedEntry[],
  seen: Set<string>,
): AsyncGenerator<DirectoryPage> {
  const { session, baseDn, filters, signal } = source;
  // Who is there is not deleted, whatever was told before.
  const ids = new Set([...found.changed, ...found.deleted]);
  const queries = [
    ...changeFilters(source, ids, found.filter).map((hasChanged) =>
      usersQuery(source, baseDn, 'sub', allOf(filters.user, hasChanged)),
    ),
    ...containers.map(({ dn }) => usersQuery(source, dn, 'sub', filters.user)),
  ];
  for (const query of queries) {
    for await (const entries of session.pages(query, signal)) {
      const fresh = entries.filter((entry) => {
        const id = identify(source, entry);
        const isFresh = id === null || !seen.has(id);
        if (id !== null) seen.add(id);
        return isFresh;
      });
      if (fresh.length > 0) yield mapUsers(source, fresh);
    }
  }
}

/** One filter where there is one for all, because servers may keep no index of ids. */
function changeFilters({ map }: ChangeSource, ids: ReadonlySet<string>, filter: string | null): string[] {
  if (ids.size === 0) return [];
  return filter === null ? [...idFilters(map, ids)] : [filter];
}
