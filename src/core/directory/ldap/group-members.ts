import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import type { RawEntry } from '../attributes.ts';
import type { UnusableEntry } from '../directory.ts';
import { isAtOrBelow, normalizeDn } from './distinguished-name.ts';
import { allOf, anyOf, escapeValue } from './filter-text.ts';
import { rangedValues } from './ranged-values.ts';
import { valuesOf } from './root-dse.ts';
import { formatSid, relativeIdentifier } from './security-identifier.ts';
import type { LdapSession } from './session.ts';

/** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS 3.1.1.3.4.4.3): follows links to any depth. */
export const inChain = '1.2.840.113556.1.4.1941';
const groupsPerFilter = 40;
const membersPerLookup = 100;

export interface GroupSource {
  session: LdapSession;
  baseDn: string;
  isActiveDirectory: boolean;
  /** What makes an entry a user. */
  userFilter: string;
  userAttributes: readonly string[];
  binaryAttributes: readonly string[];
}

/** Members as they are found. */
export interface MembersPage {
  entries: RawEntry[];
  unusable: UnusableEntry[];
}

export interface Group {
  dn: string;
  /** By which accounts name it as their primary group; null outside of Active Directory. */
  relativeIdentifier: number | null;
}

/**
 * The users in a group; with `isRecursive` those in its groups, too, whatever circles they form.
 *
 * The group's own list of members decides. In Active Directory most of them come faster from the other side (who
 * says `memberOf`), and only there are those whose primary group it is; what the list names beyond that is looked
 * up one by one. So nobody is left out because a right to read is missing; who cannot be read is reported.
 * @throws {MfaError} `directory.entryNotFound` when there is no such group
 */
export async function* groupMembers(
  source: GroupSource,
  groupDn: string,
  isRecursive: boolean,
  signal?: AbortSignal,
): AsyncGenerator<MembersPage> {
  const start = await readGroup(source, groupDn, signal);
  const known = new Set<string>([normalizeDn(start.dn), normalizeDn(groupDn)]);
  const seen = new Set<string>();
  let wave: Group[] = [start];
  if (isRecursive && source.isActiveDirectory) {
    for (const group of await nestedGroups(source, start.dn, signal)) {
      const name = normalizeDn(group.dn);
      if (!known.has(name)) wave.push(group);
      known.add(name);
    }
  }
  while (wave.length > 0) {
    if (source.isActiveDirectory) yield* membersByBackLink(source, wave, seen, signal);
    const found: Group[] = [];
    for (const group of wave) {
      for await (const { page, groups } of membersByList(source, group.dn, known, seen, signal)) {
        if (page.entries.length > 0 || page.unusable.length > 0) yield page;
        if (!isRecursive) continue;
        for (const nested of groups) {
          const name = normalizeDn(nested.dn);
          if (!known.has(name)) found.push(nested);
          known.add(name);
        }
      }
    }
    wave = found;
  }
}

/** @throws {MfaError} `directory.entryNotFound` when there is no such group */
export async function readGroup(
  source: GroupSource,
  dn: string,
  signal: AbortSignal | undefined,
): Promise<Group> {
  const entry = await source.session.read(dn, ['objectClass', 'objectSid'], {
    binaryAttributes: ['objectSid'],
    signal,
  });
  if (entry === null || !isGroup(entry)) {
    const what = entry === null ? 'There is no group' : 'This is no group:';
    throw new MfaError('directory.entryNotFound', `${what} "${plainText(dn)}" in the directory.`, {
      advice:
        'Check the distinguished name ("mfa-console directory groups" shows them), and the rights of the bind account.',
    });
  }
  return asGroup(entry);
}

/** Whether the entry, read with its `objectClass`, is a group. */
export function isGroup(entry: RawEntry): boolean {
  return valuesOf(entry, 'objectClass').some((name) => /group/i.test(name));
}

function asGroup(entry: RawEntry): Group {
  const sid = entry.objectSid;
  return { dn: entry.dn, relativeIdentifier: Buffer.isBuffer(sid) ? relativeIdentifier(sid) : null };
}

/** All groups in a group, at any depth, by one question. Where the server cannot answer it, the lists will do. */
export async function nestedGroups(
  source: GroupSource,
  groupDn: string,
  signal: AbortSignal | undefined,
): Promise<Group[]> {
  try {
    const entries = await source.session.all(
      {
        baseDn: source.baseDn,
        scope: 'sub',
        filter: `(&(objectClass=group)(memberOf:${inChain}:=${escapeValue(groupDn)}))`,
        attributes: ['objectSid'],
        binaryAttributes: ['objectSid'],
      },
      signal,
    );
    return entries.map(asGroup);
  } catch (error) {
    if (error instanceof MfaError && error.code === 'directory.protocol') return [];
    throw error;
  }
}

/** Filters by which users say that they are in one of the groups, for some of the groups at a time. */
export function* linksTo(groups: readonly Group[]): Generator<string[]> {
  for (let start = 0; start < groups.length; start += groupsPerFilter) {
    yield groups.slice(start, start + groupsPerFilter).flatMap((group) => {
      const link = `(memberOf=${escapeValue(group.dn)})`;
      const { relativeIdentifier: rid } = group;
      return rid === null ? [link] : [link, `(primaryGroupID=${rid})`];
    });
  }
}

/** The users who say that they are in one of the groups, or that one is their primary group. */
async function* membersByBackLink(
  source: GroupSource,
  groups: readonly Group[],
  seen: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<MembersPage> {
  for (const links of linksTo(groups)) {
    for await (const entries of source.session.pages(usersQuery(source, anyOf(links)), signal)) {
      const fresh = entries.filter((entry) => isFresh(seen, entry));
      if (fresh.length > 0) yield { entries: fresh, unusable: [] };
    }
  }
}

/** Who stands in a group's own list and was not seen yet; groups among them are handed back. */
async function* membersByList(
  source: GroupSource,
  groupDn: string,
  known: ReadonlySet<string>,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ page: MembersPage; groups: Group[] }> {
  const attributes = source.isActiveDirectory ? ['member'] : ['member', 'uniqueMember'];
  for (const attribute of attributes) {
    for await (const values of rangedValues(source.session, groupDn, attribute, signal)) {
      const open = values.filter((dn) => {
        const name = normalizeDn(dn);
        return !known.has(name) && !seen.has(name);
      });
      for (let start = 0; start < open.length; start += membersPerLookup) {
        yield await lookUp(source, open.slice(start, start + membersPerLookup), seen, signal);
      }
    }
  }
  if (source.isActiveDirectory) return;
  for await (const names of rangedValues(source.session, groupDn, 'memberUid', signal)) {
    for (let start = 0; start < names.length; start += membersPerLookup) {
      const page = await lookUpAccounts(source, names.slice(start, start + membersPerLookup), seen, signal);
      yield { page, groups: [] };
    }
  }
}

/** What some DNs are: users by one question for all, the rest one by one. */
async function lookUp(
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
    } else if (isGroup(entry)) groups.push(asGroup(entry));
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
async function lookUpAccounts(
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

/** Asks for users whom a further filter finds. */
export function usersQuery(source: GroupSource, filter: string) {
  return {
    baseDn: source.baseDn,
    scope: 'sub' as const,
    filter: allOf(source.userFilter, filter),
    attributes: source.userAttributes,
    binaryAttributes: source.binaryAttributes,
  };
}

function isFresh(seen: Set<string>, entry: RawEntry): boolean {
  const name = normalizeDn(entry.dn);
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}
