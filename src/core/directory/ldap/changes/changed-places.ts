import { defaultFilters } from '../../default-filters.ts';
import { isAtOrBelow, normalizeDn } from '../distinguished-name.ts';
import { allOf, anyOf } from '../filter-text.ts';
import { isGroup } from '../group-source.ts';
import { idFilters } from '../identity-filter.ts';
import { domainDnOf, identify } from '../ldap-source.ts';
import type { ChangeSource, Found } from './change-reader.ts';

/** An entry that is no user. */
export interface ChangedEntry {
  readonly directoryId: string;
  readonly dn: string;
}

/** Entries that changed and are no users. */
export interface ChangedPlaces {
  readonly groups: readonly ChangedEntry[];
  /** What people may lie below, below the base DN. */
  readonly containers: readonly ChangedEntry[];
  /** The same beyond the base DN: it may have been below before. */
  readonly beyond: readonly ChangedEntry[];
}

/** Which of the entries are groups and containers; those at or above the base DN do not count. */
export async function readPlaces(source: ChangeSource, found: Found): Promise<ChangedPlaces> {
  const { session, rootDse, baseDn, filters, signal } = source;
  const defaults = defaultFilters[session.settings.type];
  // The group filter may leave out groups in groups, and the container filter a container with people in it.
  const group = rootDse.isActiveDirectory ? '(objectClass=group)' : defaults.group;
  const isPlace = anyOf([group, filters.group, defaults.container, filters.container]);
  const base = normalizeDn(baseDn);
  const groups: ChangedEntry[] = [];
  const containers: ChangedEntry[] = [];
  const beyond: ChangedEntry[] = [];
  for (const hasChanged of changeFilters(source, found.changed, found.filter)) {
    const entries = await session.all(
      {
        baseDn: domainDnOf(source),
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
      const name = normalizeDn(entry.dn);
      if (isGroup(entry)) groups.push({ directoryId, dn: entry.dn });
      else if (isAtOrBelow(base, name)) continue;
      else (isAtOrBelow(name, base) ? containers : beyond).push({ directoryId, dn: entry.dn });
    }
  }
  return { groups, containers, beyond };
}

/** One filter where there is one for all, because servers may keep no index of ids. */
function changeFilters({ map }: ChangeSource, ids: ReadonlySet<string>, filter: string | null): string[] {
  if (ids.size === 0) return [];
  return filter === null ? [...idFilters(map, ids)] : [filter];
}
