import type { RawEntry } from '../attributes.ts';
import type { EntryName, EntryOptions, NamedEntry } from '../directory.ts';
import { showDeleted } from './directory-rights.ts';
import { isAtOrBelow, normalizeDn } from './distinguished-name.ts';
import { allOf, parseFilter } from './filter-text.ts';
import { hasId, idFilters } from './identity-filter.ts';
import { identify, type LdapSource } from './ldap-source.ts';
import { resultCode } from './result-errors.ts';

/** The entry of any kind that has a DN, or a directory id; null when there is none to be seen. */
export async function findEntry(
  source: LdapSource,
  name: EntryName,
  { signal, isAnywhere = false }: EntryOptions,
): Promise<NamedEntry | null> {
  const { session, map, rootDse, binaryAttributes } = source;
  const baseDn = isAnywhere ? widestBase(source.baseDn, rootDse.defaultNamingContext) : source.baseDn;
  const attributes = [map.uniqueIdentifier];
  const entry =
    'dn' in name
      ? await session.read(name.dn, attributes, { binaryAttributes, signal })
      : (
          await session.all(
            { baseDn, scope: 'sub', filter: hasId(map, name.directoryId), attributes, binaryAttributes },
            signal,
          )
        )[0];
  if (entry == null) return null;
  const directoryId = identify(source, entry);
  return directoryId === null ? null : { dn: entry.dn, directoryId };
}

function widestBase(baseDn: string, namingContext: string): string {
  const isInContext = namingContext !== '' && isAtOrBelow(normalizeDn(baseDn), normalizeDn(namingContext));
  return isInContext ? namingContext : baseDn;
}

/** Which DNs lead to entries whose directory id cannot be read. */
export async function unidentifiedAmong(
  source: LdapSource,
  dns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const { session, map, binaryAttributes } = source;
  const entries = await session.readMany(dns, [map.uniqueIdentifier], { binaryAttributes, signal });
  return new Set(dns.filter((_, index) => isUnidentified(source, entries[index] ?? null)));
}

function isUnidentified(source: LdapSource, entry: RawEntry | null): boolean {
  return entry !== null && identify(source, entry) === null;
}

/** Which entries lie among the deleted objects of Active Directory (MS-ADTS 3.1.1.5.5); none without the right to look. */
export async function deletedAmong(
  source: LdapSource,
  directoryIds: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string>> {
  const deleted = new Set<string>();
  const { session, rootDse, map, binaryAttributes } = source;
  if (!rootDse.isActiveDirectory) return deleted;
  for (const isOneOf of idFilters(map, directoryIds)) {
    const request = {
      baseDn: `CN=Deleted Objects,${rootDse.defaultNamingContext}`,
      scope: 'one' as const,
      filter: parseFilter(allOf('(isDeleted=TRUE)', isOneOf)),
      attributes: [map.uniqueIdentifier],
      binaryAttributes,
      controls: [showDeleted],
    };
    const { entries, result } = await session.use((connection) => connection.search(request, signal), signal);
    if (result.code !== resultCode.success) return deleted;
    for (const entry of entries) {
      const id = identify(source, entry);
      if (id !== null) deleted.add(id);
    }
  }
  return deleted;
}
