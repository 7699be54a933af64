import { isAtOrBelow, normalizeDn } from './distinguished-name.ts';
import { anyOf, escapeValue } from './filter-text.ts';
import {
  asGroup,
  type Group,
  type GroupSource,
  isFresh,
  isGroup,
  type MembersPage,
  usersQuery,
} from './group-source.ts';
import { valuesOf } from './root-dse.ts';
import { formatSid } from './security-identifier.ts';

/** What some DNs are: users by one question for all, the rest one by one. */
export async function lookUpMembers(
  source: GroupSource,
  dns: readonly string[],
  seen: Set<string>,
  signal: AbortSignal | undefined,
): Promise<{ page: MembersPage; groups: Group[] }> {
  const { session } = source;
  const page: MembersPage = { entries: [], unusable: [] };
  const groups: Group[] = [];
  const base = normalizeDn(source.baseDn);
  const inside: string[] = [];
  for (const dn of dns) {
    if (isAtOrBelow(normalizeDn(dn), base)) inside.push(dn);
    else page.unusable.push({ dn, reason: 'it is a member from another domain, outside of the base DN' });
  }
  if (inside.length === 0) return { page, groups };
  const nameAttribute = source.isActiveDirectory ? 'distinguishedName' : 'entryDN';
  const isOneOf = anyOf(inside.map((dn) => `(${nameAttribute}=${escapeValue(dn)})`));
  for (const entry of await session.all(usersQuery(source, isOneOf), signal)) {
    if (isFresh(seen, entry)) page.entries.push(entry);
  }
  const open = inside.filter((dn) => !seen.has(normalizeDn(dn)));
  if (open.length === 0) return { page, groups };
  const found = await session.readMany(open, ['objectClass', 'objectSid'], {
    binaryAttributes: ['objectSid'],
    signal,
  });
  const perhapsUsers: string[] = [];
  for (const [index, entry] of found.entries()) {
    const dn = open[index] ?? '';
    if (entry === null) {
      page.unusable.push({
        dn,
        reason: 'it is a member that cannot be read: deleted meanwhile, or hidden from the bind account',
        isHidden: true,
      });
    } else if (valuesOf(entry, 'objectClass').includes('foreignSecurityPrincipal')) {
      const sid = Buffer.isBuffer(entry.objectSid) ? ` (${formatSid(entry.objectSid)})` : '';
      page.unusable.push({ dn, reason: `it is a member from another domain${sid}` });
    } else if (isGroup(entry)) groups.push(asGroup(source, entry));
    else perhapsUsers.push(dn);
  }
  // Servers that cannot be asked for many names at once, or that spell them in another way, end up here.
  const users = await session.readMany(perhapsUsers, source.userAttributes, {
    filter: source.userFilter,
    binaryAttributes: source.binaryAttributes,
    signal,
  });
  for (const entry of users) if (entry !== null && isFresh(seen, entry)) page.entries.push(entry);
  return { page, groups };
}

/** Members of a POSIX group, which are named by their uid (RFC 2307). */
export async function lookUpAccounts(
  source: GroupSource,
  names: readonly string[],
  seen: Set<string>,
  signal: AbortSignal | undefined,
): Promise<MembersPage> {
  const isOneOf = anyOf(names.map((name) => `(uid=${escapeValue(name)})`));
  const query = usersQuery(source, isOneOf);
  const entries = await source.session.all({ ...query, attributes: [...query.attributes, 'uid'] }, signal);
  const answered = new Set(entries.flatMap((entry) => valuesOf(entry, 'uid')));
  return {
    entries: entries.filter((entry) => isFresh(seen, entry)),
    unusable: names
      .filter((name) => !answered.has(name))
      .map((name) => ({ dn: `uid=${name}`, reason: 'it is a member by a uid that no user has' })),
  };
}
