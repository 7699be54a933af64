import type { RawEntry } from '../attributes.ts';
import type { UnusableEntry } from '../directory.ts';
import { normalizeDn } from '../ldap/distinguished-name.ts';

/** The people of a group, and its members that are no people of this directory. */
export interface GroupMembers {
  users: RawEntry[];
  unusable: UnusableEntry[];
}

/** Walks from groups to their members; every group is visited once, so that a cycle ends. */
export class Membership {
  readonly #groups: ReadonlyMap<string, RawEntry>;
  readonly #users: ReadonlyMap<string, RawEntry>;
  /** DNs of everybody in a group and the groups in it, for filters that ask for every user in turn. */
  readonly #nestedMembers = new Map<RawEntry, ReadonlySet<string>>();

  /** @param groups and users by the key of their DN */
  constructor(groups: ReadonlyMap<string, RawEntry>, users: ReadonlyMap<string, RawEntry>) {
    this.#groups = groups;
    this.#users = users;
  }

  /** Everybody in the group, each once; with `isRecursive` also those of the groups in it. */
  membersOf(group: RawEntry, isRecursive: boolean): GroupMembers {
    const users = new Set<RawEntry>();
    const unusable: UnusableEntry[] = [];
    const waiting = [group];
    const visited = new Set<RawEntry>(waiting);
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const user of this.#primaryMembersOf(next)) users.add(user);
      for (const dn of textsOf(next.member)) {
        const key = normalizeDn(dn);
        const user = this.#users.get(key);
        const nested = this.#groups.get(key);
        if (user !== undefined) users.add(user);
        else if (nested === undefined) unusable.push({ dn, reason: 'it belongs to another domain' });
        else if (isRecursive && !visited.has(nested)) {
          visited.add(nested);
          waiting.push(nested);
        }
      }
    }
    return { users: [...users], unusable };
  }

  /** Whether the user, by the exact DN, is in the group or in a group in it. */
  isMember(entryDn: string, groupDn: string): boolean {
    const group = this.#groups.get(normalizeDn(groupDn));
    if (group === undefined) return false;
    let members = this.#nestedMembers.get(group);
    if (members === undefined) {
      members = new Set(this.membersOf(group, true).users.map((user) => user.dn));
      this.#nestedMembers.set(group, members);
    }
    return members.has(entryDn);
  }

  /** Members by primaryGroupID, which the attribute member does not list. */
  #primaryMembersOf(group: RawEntry): RawEntry[] {
    const token = group.primaryGroupToken;
    if (token === undefined) return [];
    return [...this.#users.values()].filter((user) => user.primaryGroupID === token);
  }
}

function textsOf(value: RawEntry[string] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
