import type { RawEntry } from '../attributes.ts';
import type { UnusableEntry } from '../directory.ts';
import { normalizeDn } from './distinguished-name.ts';
import { allOf } from './filter-text.ts';
import { valuesOf } from './root-dse.ts';
import { relativeIdentifier } from './security-identifier.ts';
import type { LdapSession } from './session.ts';

export interface GroupSource {
  session: LdapSession;
  /** Below it are the people. */
  baseDn: string;
  /** Below it are the groups that may lie in a group; the base DN or above it. */
  domainDn: string;
  isActiveDirectory: boolean;
  /** The same relative identifier means another group in each domain. */
  hasSeveralDomains: boolean;
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
  /** By which accounts name it as their primary group; null where that does not tell one group from others. */
  relativeIdentifier: number | null;
}

/** Whether the entry, read with its `objectClass`, is a group. */
export function isGroup(entry: RawEntry): boolean {
  return valuesOf(entry, 'objectClass').some((name) => /group/i.test(name));
}

/** A group that was read with its `objectSid`. */
export function asGroup({ hasSeveralDomains }: GroupSource, entry: RawEntry): Group {
  const sid = entry.objectSid;
  const isTelling = Buffer.isBuffer(sid) && !hasSeveralDomains;
  return { dn: entry.dn, relativeIdentifier: isTelling ? relativeIdentifier(sid) : null };
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

/** Notes who was seen; false for whom was seen before. */
export function isFresh(seen: Set<string>, entry: RawEntry): boolean {
  const name = normalizeDn(entry.dn);
  if (seen.has(name)) return false;
  seen.add(name);
  return true;
}
