import type { ItemSelection } from '../../src/core/sync/sync-item.ts';
import type { Synchronization } from '../../src/core/sync/synchronization.ts';
import type { DomainEditor } from '../servers/domain-editor.ts';
import { domainDn } from '../servers/samba-provision.ts';
import { definition } from './changing-directory.ts';
import { ChangingDomain, type DomainEntry } from './changing-domain.ts';
import type { RandomWorld } from './random-changes.ts';
import { SeededRandom } from './seeded-random.ts';

/** A part of a domain with what the items of {@link addItems} take: an OU and a group. */
export interface SynchronizedDomain extends RandomWorld {
  readonly staff: DomainEntry;
  readonly members: DomainEntry;
  /** The DN that everything is below. */
  readonly rootDn: string;
}

/**
 * Makes an OU of the name with people inside and outside of the OU and the group of the items. One in each of the two
 * is out of reach of random changes, because an item that finds nobody ends its runs.
 * @param name unique in the domain; account names begin with it
 */
export async function makeSynchronizedDomain(
  editor: DomainEditor,
  name: string,
  seed: string,
): Promise<SynchronizedDomain> {
  const rootDn = `OU=${name},${domainDn(editor.domain)}`;
  await editor.add(rootDn, { objectClass: 'organizationalUnit' });
  const domain = new ChangingDomain(editor, rootDn, name);
  const staff = await domain.ou('Staff');
  const inner = await domain.ou('Inner', staff);
  const elsewhere = await domain.ou('Elsewhere');
  const members = await domain.group('Members', elsewhere);
  const nested = await domain.group('Nested', elsewhere);
  await domain.join(members, nested);
  for (const [keeper, ou] of [
    ['keeper', staff],
    ['member', elsewhere],
  ] as const) {
    const person = await domain.person(keeper, ou);
    if (ou === elsewhere) await domain.join(members, person);
    domain.forget(person);
  }
  const random = new SeededRandom(seed);
  const names = Array.from({ length: 24 }, (_, index) => `p${String(index).padStart(2, '0')}`);
  for (const [index, one] of names.slice(0, 14).entries()) {
    const person = await domain.person(one, [staff, inner, elsewhere][index % 3] ?? staff, {
      givenName: `First ${one}`,
      mobile: `+1425555010${index % 10}`,
    });
    if (index % 4 === 0) await domain.join(nested, person);
  }
  return { domain, random, names, staff, members, rootDn, fixed: new Set([staff, elsewhere, members]) };
}

/** Items on the group, with everybody in its groups, and then on the OU; leavers are disabled. */
export function addItems({ items }: Synchronization, { domain, staff, members }: SynchronizedDomain): void {
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
  items.add('Members', definition(group, { rules: { method: 'oathToken', methodPolicy: 'keepInStep' } }));
  items.add('Staff', definition(container));
}

/** Whether an item of {@link addItems} finds the person. */
export function isFound({ domain, staff, members }: SynchronizedDomain, person: DomainEntry): boolean {
  return domain.entries.has(person) && (domain.isBelow(person, staff) || domain.isMember(person, members));
}
