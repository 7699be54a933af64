import type { NamedEntry } from '../../directory.ts';
import { isAtOrBelow, normalizeDn, parentDn } from '../distinguished-name.ts';
import { domainDnOf, identify, usersQuery } from '../ldap-source.ts';
import type { ChangeSource } from './change-reader.ts';
import type { ChangedEntry, ChangedPlaces } from './changed-places.ts';

const homesAtOnce = 100;
/** Asking for more takes as long as reading everybody of a small company. */
const mostHomes = 1000;

/** The directory ids of the users below some containers, of which their own entries show no change. */
export async function* peopleBelow(
  source: ChangeSource,
  containers: readonly ChangedEntry[],
): AsyncGenerator<string> {
  const { session, map, filters, signal } = source;
  for (const { dn } of containers) {
    const query = { ...usersQuery(source, dn, 'sub', filters.user), attributes: [map.uniqueIdentifier] };
    for await (const entries of session.pages(query, signal)) {
      for (const entry of entries) {
        const id = identify(source, entry);
        if (id !== null) yield id;
      }
    }
  }
}

/**
 * The directory ids of known people whom a container may have taken along out of the base DN, where nothing else tells
 * of them; null when that would be too much to ask.
 *
 * The container that they were found in, their home, was below the one that went, or was it. Where it was, there is
 * nothing now, or a container that came there since, and so has changed itself, by now or by the next time.
 * @param people as they were found last
 */
export async function peopleTakenAlong(
  source: ChangeSource,
  { containers, beyond }: Pick<ChangedPlaces, 'containers' | 'beyond'>,
  people: () => Iterable<NamedEntry>,
): Promise<ReadonlySet<string> | null> {
  const { session, baseDn, signal } = source;
  const ids = new Set<string>();
  const hasBeyond = normalizeDn(domainDnOf(source)) !== normalizeDn(baseDn);
  if (!hasBeyond || (containers.length === 0 && beyond.length === 0)) return ids;
  const homes = new Map<string, string>();
  for (const { dn } of people()) homes.set(homeOf(dn), parentDn(dn));
  const changed = containers.map(({ dn }) => normalizeDn(dn));
  const left = new Set([...homes.keys()].filter((home) => changed.some((place) => isAtOrBelow(home, place))));
  if (beyond.length > 0) {
    const open = [...homes].filter(([home]) => !left.has(home));
    if (open.length > mostHomes) return null;
    for (let start = 0; start < open.length; start += homesAtOnce) {
      const some = open.slice(start, start + homesAtOnce);
      const dns = some.map(([, dn]) => dn);
      const entries = await session.readMany(dns, ['1.1'], { signal });
      for (const [index, [home]] of some.entries()) if (entries[index] === null) left.add(home);
    }
  }
  if (left.size === 0) return ids;
  for (const { directoryId, dn } of people()) if (left.has(homeOf(dn))) ids.add(directoryId);
  return ids;
}

function homeOf(dn: string): string {
  return normalizeDn(parentDn(dn));
}
