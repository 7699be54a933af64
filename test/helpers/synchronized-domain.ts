import type { ItemSelection } from '../../src/core/sync/sync-item.ts';
import type { Synchronization } from '../../src/core/sync/synchronization.ts';
import type { DomainEditor } from '../servers/domain-editor.ts';
import { domainDn } from '../servers/samba-provision.ts';
import { definition } from './changing-directory.ts';
import { ChangingDomain, type DomainEntry } from './changing-domain.ts';
import type { RandomWorld } from './random-changes.ts';
import { SeededRandom } from './seeded-random.ts';

/** A part of a domain with what the items of {@link addItems} take: an OU, a group and a filter. */
export interface SynchronizedDomain extends RandomWorld {
  /** Of the OU that has everything. */
  readonly rootDn: string;
  /** Of all account names. */
  readonly prefix: string;
  /** Has everything but one OU. */
  readonly company: DomainEntry;
  readonly staff: DomainEntry;
  readonly members: DomainEntry;
}

/**
 * Makes an OU of the name with people in and out of what the items take. One whom each item finds is out of reach
 * of random changes, because an item that finds nobody ends its runs.
 * @param name unique in the domain; account names begin with it
 */
export async function makeSynchronizedDomain(
  editor: DomainEditor,
  name: string,
  seed: string,
): Promise<SynchronizedDomain> {
  const prefix = `${name}-`;
  const rootDn = `OU=${name},${domainDn(editor.domain)}`;
  await editor.add(rootDn, { objectClass: 'organizationalUnit' });
  const domain = new ChangingDomain(editor, rootDn, prefix);
  const company = await domain.ou('Company');
  domain.forget(company);
  const staff = await domain.ou('Staff', company);
  const inner = await domain.ou('Inner', staff);
  const elsewhere = await domain.ou('Elsewhere', company);
  const outside = await domain.ou('Outside');
  const members = await domain.group('Members', elsewhere);
  const nested = await domain.group('Nested', elsewhere);
  await domain.join(members, nested);
  domain.forget(await domain.person('keeper', staff));
  domain.forget(await domain.person('office.keeper', elsewhere, { telephoneNumber: '+14255550199' }));
  const member = await domain.person('group.keeper', elsewhere);
  await domain.join(members, member);
  domain.forget(member);
  const names = Array.from({ length: 24 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  for (const [index, one] of names.slice(0, 14).entries()) {
    const person = await domain.person(one, [staff, inner, elsewhere][index % 3] ?? staff, {
      givenName: `First ${one}`,
      mobile: `+1425555010${index % 10}`,
    });
    if (index % 4 === 0) await domain.join(nested, person);
  }
  const fixed = new Set([staff, elsewhere, outside, members]);
  return { domain, random: new SeededRandom(seed), names, rootDn, prefix, company, staff, members, fixed };
}

/**
 * Items on the group, with everybody in its groups, on the OU, and on all who have an office phone. Leavers are
 * disabled, and each item gives another method.
 */
export function addItems(
  { items }: Synchronization,
  { domain, prefix, staff, members }: SynchronizedDomain,
): void {
  const group: ItemSelection = {
    scope: 'group',
    directoryId: members.directoryId,
    dn: domain.dn(members),
    isRecursive: true,
  };
  const container: ItemSelection = {
    scope: 'container',
    directoryId: staff.directoryId,
    dn: domain.dn(staff),
    includeSubtree: true,
  };
  const filter: ItemSelection = {
    scope: 'filter',
    filter: `(&(telephoneNumber=*)(sAMAccountName=${prefix}*))`,
  };
  const methodPolicy = 'keepInStep';
  items.add('Members', definition(group, { rules: { method: 'oathToken', methodPolicy } }));
  items.add('Staff', definition(container, { rules: { method: 'textMessage', methodPolicy } }));
  items.add('Office', definition(filter, { rules: { method: 'phoneCall', methodPolicy } }));
}

/** Whether an item of {@link addItems} finds the person, with the OU that has everything as the base DN. */
export function isFound({ domain, staff, members }: SynchronizedDomain, person: DomainEntry): boolean {
  if (!domain.entries.has(person)) return false;
  return person.hasOfficePhone || domain.isBelow(person, staff) || domain.isMember(person, members);
}
