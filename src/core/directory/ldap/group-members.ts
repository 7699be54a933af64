import { isMfaError, MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
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
import { lookUpAccounts, lookUpMembers } from './look-up-members.ts';
import { rangedValues } from './ranged-values.ts';

/** LDAP_MATCHING_RULE_IN_CHAIN (MS-ADTS 3.1.1.3.4.4.3): follows links to any depth. */
export const inChain = '1.2.840.113556.1.4.1941';
const groupsPerFilter = 40;
const membersPerLookup = 100;

/**
 * The users in a group; with `isRecursive` those in its groups, too, whatever circles they form.
 *
 * The group's own list of members decides. In Active Directory most of them come faster from the other side (who
 * says `memberOf`), and only there are those whose primary group it is; what the list names beyond that is looked
 * up one by one. So nobody is left out because a right to read is missing; who cannot be read is reported. Groups in
 * it may lie anywhere in the domain of AD, and bring those of their members who are below the base DN.
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
  const base = normalizeDn(source.baseDn);
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
      // Nobody has chosen a group beyond the base DN for its members there.
      const isBeyond = group !== start && !isAtOrBelow(normalizeDn(group.dn), base);
      const skips = (name: string) =>
        known.has(name) || seen.has(name) || (isBeyond && !isAtOrBelow(name, base));
      for await (const { page, groups } of membersByList(source, group.dn, skips, seen, signal)) {
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
  return asGroup(source, entry);
}

/** All groups in a group, at any depth, by one question. Where the server cannot answer it, the lists will do. */
export async function nestedGroups(
  source: GroupSource,
  groupDn: string,
  signal: AbortSignal | undefined,
  baseDn: string = source.domainDn,
): Promise<Group[]> {
  try {
    const entries = await source.session.all(
      {
        baseDn,
        scope: 'sub',
        filter: `(&(objectClass=group)(memberOf:${inChain}:=${escapeValue(groupDn)}))`,
        attributes: ['objectSid'],
        binaryAttributes: ['objectSid'],
      },
      signal,
    );
    return entries.map((entry) => asGroup(source, entry));
  } catch (error) {
    if (isMfaError(error, 'directory.protocol')) return [];
    // An account may be kept from all of a domain but a part of it.
    if (!isMfaError(error, 'directory.entryNotFound') || baseDn === source.baseDn) throw error;
    return nestedGroups(source, groupDn, signal, source.baseDn);
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

/**
 * Who stands in a group's own list; groups among them are handed back.
 * @param skips by the normalized name
 */
async function* membersByList(
  source: GroupSource,
  groupDn: string,
  skips: (name: string) => boolean,
  seen: Set<string>,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ page: MembersPage; groups: Group[] }> {
  const attributes = source.isActiveDirectory ? ['member'] : ['member', 'uniqueMember'];
  for (const attribute of attributes) {
    for await (const values of rangedValues(source.session, groupDn, attribute, signal)) {
      const open = values.filter((dn) => !skips(normalizeDn(dn)));
      for (let start = 0; start < open.length; start += membersPerLookup) {
        yield await lookUpMembers(source, open.slice(start, start + membersPerLookup), seen, signal);
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
