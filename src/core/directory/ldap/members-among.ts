import type { RawEntry } from '../attributes.ts';
import { normalizeDn } from './distinguished-name.ts';
import { allOf, anyOf, escapeValue } from './filter-text.ts';
import { groupMembers, inChain, linksTo, nestedGroups, readGroup } from './group-members.ts';
import { type GroupSource, type MembersPage, usersQuery } from './group-source.ts';

/**
 * Who of a few users is in a group. Active Directory is asked about these alone: first by the links at the users,
 * and about whom that does not find, at the group itself, so that nobody is left out because a right is missing.
 * Elsewhere the whole group is read.
 * @param areThese filters that find the few, some of them at a time
 * @throws {MfaError} `directory.entryNotFound` when there is no such group
 */
export async function* membersAmong(
  source: GroupSource,
  groupDn: string,
  isRecursive: boolean,
  areThese: Iterable<string>,
  signal?: AbortSignal,
): AsyncGenerator<MembersPage> {
  if (!source.isActiveDirectory) {
    yield* groupMembers(source, groupDn, isRecursive, signal);
    return;
  }
  const group = await readGroup(source, groupDn, signal);
  const groups = [group, ...(isRecursive ? await nestedGroups(source, group.dn, signal) : [])];
  for (const isOneOf of areThese) {
    const users = await source.session.all(usersQuery(source, isOneOf), signal);
    const members = new Set<string>();
    for (const links of linksTo(groups)) {
      const query = usersQuery(source, allOf(isOneOf, anyOf(links)));
      for (const { dn } of await source.session.all({ ...query, attributes: ['1.1'] }, signal)) {
        members.add(normalizeDn(dn));
      }
    }
    const open = users.filter(({ dn }) => !members.has(normalizeDn(dn)));
    for (const dn of await listedIn(source, group.dn, isRecursive, open, signal)) members.add(dn);
    const entries = users.filter(({ dn }) => members.has(normalizeDn(dn)));
    if (entries.length > 0) yield { entries, unusable: [] };
  }
}

/** Names of those whom the group has in its own list, or in that of a group in it. */
async function listedIn(
  { session }: GroupSource,
  groupDn: string,
  isRecursive: boolean,
  users: readonly RawEntry[],
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const rule = isRecursive ? `:${inChain}:` : '';
  const answers = await Promise.all(
    users.map(({ dn }) =>
      session.read(groupDn, ['1.1'], { filter: `(member${rule}=${escapeValue(dn)})`, signal }),
    ),
  );
  return users.filter((_, index) => answers[index] !== null).map(({ dn }) => normalizeDn(dn));
}
