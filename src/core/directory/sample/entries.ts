import { createHash } from 'node:crypto';
import type { RawEntry } from '../attributes.ts';
import { normalizeDn } from '../ldap/distinguished-name.ts';
import {
  baseDn,
  builtInAccounts,
  domain,
  groups as groupsOfGroups,
  otherContainers,
  serviceAccounts,
  units,
} from './company.ts';
import { escapeDnValue } from './dn.ts';
import { inventPeople, type SamplePerson } from './people.ts';

const domainUsers = '513';
const normalAccount = 0x200;
const accountDisabled = 0x2;

/** All entries of the sample directory with the attributes that a domain controller would send. */
export interface SampleEntries {
  containers: RawEntry[];
  users: RawEntry[];
  groups: RawEntry[];
}

export function buildEntries(): SampleEntries {
  const people = [...inventPeople(), ...accountsWithoutPeople()];
  const containers = [...units.map(({ path }) => path), ...otherContainers].map(containerEntry);
  const dns = new Map<string, string>();
  const takenDns = new Set<string>();
  for (const person of people) dns.set(person.sAMAccountName, freeDn(person, takenDns));
  const groups = groupEntries(people, dns);
  const memberships = membershipsOf(groups);
  const users = people.map((person) => userEntry(person, dns.get(person.sAMAccountName) ?? '', memberships));
  for (const group of groups) addMemberOf(group, memberships);
  return { containers, users, groups };
}

function containerEntry(path: string): RawEntry {
  const name = path.slice(3, path.includes(',') ? path.indexOf(',') : undefined);
  const dn = `${path},${baseDn}`;
  const isUnit = path.startsWith('OU=');
  return {
    ...commonAttributes(
      dn,
      name,
      isUnit ? 'organizationalUnit' : 'container',
      isUnit ? 'Organizational-Unit' : 'Container',
    ),
    ...(isUnit ? { ou: name } : { cn: name }),
  };
}

function userEntry(person: SamplePerson, dn: string, memberships: Memberships): RawEntry {
  const entry: RawEntry = {
    ...commonAttributes(
      dn,
      person.attributes.displayName ?? person.sAMAccountName,
      'user',
      'Person',
      person.sAMAccountName,
    ),
    objectClass: ['top', 'person', 'organizationalPerson', 'user'],
    sAMAccountName: person.sAMAccountName,
    userAccountControl: String(normalAccount | (person.isDisabled ? accountDisabled : 0)),
    primaryGroupID: domainUsers,
    ...person.attributes,
  };
  entry.cn = entry.name ?? '';
  addMemberOf(entry, memberships);
  return entry;
}

/** What every entry has. The GUID is derived from a name that stays, so that it is the same on every start. */
function commonAttributes(
  dn: string,
  name: string,
  objectClass: string,
  category: string,
  identity = dn,
): RawEntry {
  return {
    dn,
    distinguishedName: dn,
    name,
    objectClass: ['top', objectClass],
    objectCategory: `CN=${category},CN=Schema,CN=Configuration,${baseDn}`,
    objectGUID: createHash('sha256').update(`sample ${objectClass} ${identity}`).digest().subarray(0, 16),
  };
}

function accountsWithoutPeople(): SamplePerson[] {
  const account = (
    name: string,
    container: string,
    description: string,
    isDisabled: boolean,
  ): SamplePerson => ({
    sAMAccountName: name,
    containerDn: `${container},${baseDn}`,
    attributes: { description },
    isDisabled,
    group: null,
  });
  return [
    ...serviceAccounts.map((name) => {
      const service = account(name, 'OU=Service Accounts', 'Signs in as a program', false);
      service.attributes.userPrincipalName = `${name}@${domain}`;
      return service;
    }),
    ...builtInAccounts.map(([name, description], index) => account(name, 'CN=Users', description, index > 0)),
  ];
}

/** `CN=display name`, with the account name behind it when somebody in the container already has that name. */
function freeDn(person: SamplePerson, taken: Set<string>): string {
  const { sAMAccountName, containerDn, attributes } = person;
  const name = attributes.displayName ?? sAMAccountName;
  const wish = `CN=${escapeDnValue(name)},${containerDn}`;
  const dn = taken.has(normalizeDn(wish))
    ? `CN=${escapeDnValue(`${name} (${sAMAccountName})`)},${containerDn}`
    : wish;
  taken.add(normalizeDn(dn));
  return dn;
}

function groupEntries(people: readonly SamplePerson[], dns: ReadonlyMap<string, string>): RawEntry[] {
  const groupDn = (name: string) => `CN=${name},OU=Groups,${baseDn}`;
  const group = (name: string, description: string, member: string[], dn = groupDn(name)): RawEntry => ({
    ...commonAttributes(dn, name, 'group', 'Group'),
    cn: name,
    sAMAccountName: name,
    description,
    groupType: '-2147483646',
    ...(member.length === 0 ? {} : { member }),
  });
  const ofUnits = units.flatMap(({ group: name, path }) =>
    name === undefined
      ? []
      : [
          group(
            name,
            `People of ${path.replaceAll('OU=', '').replaceAll(',', ', ')}`,
            people
              .filter((person) => person.group === name)
              .map((person) => dns.get(person.sAMAccountName) ?? ''),
          ),
        ],
  );
  const ofGroups = groupsOfGroups.map(
    ({ name, description, groups = [], people: accounts = [], foreign = [] }) =>
      group(name, description, [
        ...groups.map(groupDn),
        ...accounts.flatMap((account) => dns.get(account) ?? []),
        ...foreign.map((sid) => `CN=${sid},CN=ForeignSecurityPrincipals,${baseDn}`),
      ]),
  );
  return [
    ...ofUnits,
    ...ofGroups,
    group(
      'Domain Admins',
      'Administrators of the domain',
      [dns.get('Administrator') ?? ''],
      `CN=Domain Admins,CN=Users,${baseDn}`,
    ),
    // Everybody's primary group; Active Directory does not list the members of those.
    {
      ...group('Domain Users', 'All domain users', [], `CN=Domain Users,CN=Users,${baseDn}`),
      primaryGroupToken: domainUsers,
    },
  ];
}

/** DNs of the groups that an entry is directly in, by the entry's key. */
type Memberships = Map<string, string[]>;

function membershipsOf(groups: readonly RawEntry[]): Memberships {
  const memberships: Memberships = new Map();
  for (const group of groups) {
    for (const member of (group.member ?? []) as string[]) {
      const key = normalizeDn(member);
      memberships.set(key, [...(memberships.get(key) ?? []), group.dn]);
    }
  }
  return memberships;
}

function addMemberOf(entry: RawEntry, memberships: Memberships): void {
  const memberOf = memberships.get(normalizeDn(entry.dn));
  if (memberOf !== undefined) entry.memberOf = memberOf;
}
