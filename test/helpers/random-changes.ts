import type { ChangingDomain, DomainEntry } from './changing-domain.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What random changes are made to. */
export interface RandomWorld {
  readonly domain: ChangingDomain;
  readonly random: SeededRandom;
  /** Stay where they are, though they may be renamed. */
  readonly fixed: ReadonlySet<DomainEntry>;
  /** Names of people, few enough that deleted ones come again. */
  readonly names: readonly string[];
}

/** Makes one change, and tells it; null when there is nothing to make it to. */
type RandomChange = (world: RandomWorld) => Promise<string | null>;

type Weighted = readonly (readonly [weight: number, RandomChange])[];

/** How often which change of people and groups is made, as a weight. */
const ofPeople: Weighted = [
  [5, addPerson],
  [5, movePerson],
  [2, renamePerson],
  [3, changeAttributes],
  [2, disableOrEnable],
  [3, deletePerson],
  [2, recreatePerson],
  [5, joinGroup],
  [4, quitGroup],
  [1, renameGroup],
  [1, moveGroup],
  [1, addGroup],
  [1, deleteGroup],
];
const ofOus: Weighted = [
  [1, addOu],
  [1, renameOu],
  [2, moveOu],
  [1, deleteOu],
];
const bags = {
  peopleAndGroups: bagOf(ofPeople),
  everything: bagOf([...ofPeople, ...ofOus]),
};

/** Changes one thing at random, and tells what it was. */
export async function changeAtRandom(world: RandomWorld, what: keyof typeof bags): Promise<string> {
  for (;;) {
    const told = await world.random.pick(bags[what])?.(world);
    if (told != null) return told;
  }
}

function bagOf(changes: Weighted): RandomChange[] {
  return changes.flatMap(([weight, change]) => Array.from({ length: weight }, () => change));
}

async function addPerson({ domain, random, names }: RandomWorld): Promise<string | null> {
  const taken = new Set(domain.all('person').map(({ name }) => name));
  const name = random.pick(names.filter((one) => !taken.has(one)));
  const ou = random.pick(domain.all('ou'));
  if (name === undefined || ou === undefined) return null;
  const person = await domain.person(name, ou, { givenName: `First ${name}`, mobile: phone(random) });
  return `added ${domain.path(person)}`;
}

async function movePerson({ domain, random }: RandomWorld): Promise<string | null> {
  const person = random.pick(domain.all('person'));
  const ou = random.pick(domain.all('ou'));
  if (person === undefined || ou === undefined || person.parent === ou) return null;
  const before = domain.path(person);
  await domain.move(person, ou);
  return `moved ${before} to ${domain.path(ou)}`;
}

async function renamePerson({ domain, random, names }: RandomWorld): Promise<string | null> {
  const taken = new Set(domain.all('person').map(({ name }) => name));
  const name = random.pick(names.filter((one) => !taken.has(one)));
  const person = random.pick(domain.all('person'));
  if (name === undefined || person === undefined) return null;
  const before = domain.path(person);
  await domain.rename(person, name);
  return `renamed ${before} to ${name}`;
}

async function changeAttributes({ domain, random }: RandomWorld): Promise<string | null> {
  const person = random.pick(domain.all('person'));
  if (person === undefined) return null;
  const values = random.pick([
    { mobile: phone(random) },
    { mobile: null },
    { mobile: 'no number at all' },
    { telephoneNumber: phone(random) },
    { telephoneNumber: null },
    { givenName: `First ${random.below(1000)}` },
  ]);
  await domain.set(person, values ?? {});
  return `set ${JSON.stringify(values)} of ${domain.path(person)}`;
}

async function disableOrEnable({ domain, random }: RandomWorld): Promise<string | null> {
  const person = random.pick(domain.all('person'));
  if (person === undefined) return null;
  await domain.setEnabled(person, !person.isEnabled);
  return `${person.isEnabled ? 'enabled' : 'disabled'} ${domain.path(person)}`;
}

async function deletePerson({ domain, random }: RandomWorld): Promise<string | null> {
  const person = random.pick(domain.all('person'));
  if (person === undefined) return null;
  await domain.delete(person);
  return `deleted ${domain.path(person)}`;
}

async function recreatePerson({ domain, random }: RandomWorld): Promise<string | null> {
  const person = random.pick(domain.all('person'));
  if (person?.parent == null) return null;
  const { name, parent } = person;
  await domain.delete(person);
  await domain.person(name, parent, { givenName: 'Another' });
  return `made another person of the name ${domain.path(person)}`;
}

async function joinGroup({ domain, random }: RandomWorld): Promise<string | null> {
  const group = random.pick(domain.all('group'));
  // Groups are rarer than people and become members as often, also in a circle.
  const member = random.pick(domain.all(random.below(3) === 0 ? 'group' : 'person'));
  if (group === undefined || member === undefined || member === group || group.members.has(member))
    return null;
  await domain.join(group, member);
  return `${domain.path(member)} joined ${domain.path(group)}`;
}

async function quitGroup({ domain, random }: RandomWorld): Promise<string | null> {
  const group = random.pick(domain.all('group').filter(({ members }) => members.size > 0));
  const member = random.pick([...(group?.members ?? [])]);
  if (group === undefined || member === undefined) return null;
  await domain.quit(group, member);
  return `${domain.path(member)} left ${domain.path(group)}`;
}

async function renameGroup({ domain, random }: RandomWorld): Promise<string | null> {
  return rename(domain, random.pick(domain.all('group')), `Group ${random.below(1e6)}`);
}

async function moveGroup({ domain, random, fixed }: RandomWorld): Promise<string | null> {
  const group = random.pick(domain.all('group').filter((one) => !fixed.has(one)));
  const ou = random.pick(domain.all('ou'));
  if (group === undefined || ou === undefined || group.parent === ou) return null;
  const before = domain.path(group);
  await domain.move(group, ou);
  return `moved ${before} to ${domain.path(ou)}`;
}

async function addGroup({ domain, random }: RandomWorld): Promise<string | null> {
  const ou = random.pick(domain.all('ou'));
  if (ou === undefined) return null;
  return `added ${domain.path(await domain.group(`Group ${random.below(1e6)}`, ou))}`;
}

async function deleteGroup({ domain, random, fixed }: RandomWorld): Promise<string | null> {
  const group = random.pick(domain.all('group').filter((one) => !fixed.has(one)));
  if (group === undefined) return null;
  await domain.delete(group);
  return `deleted ${domain.path(group)}`;
}

async function addOu({ domain, random }: RandomWorld): Promise<string | null> {
  const parent = random.pick(domain.all('ou'));
  if (parent === undefined) return null;
  return `added ${domain.path(await domain.ou(`Unit ${random.below(1e6)}`, parent))}`;
}

async function renameOu({ domain, random }: RandomWorld): Promise<string | null> {
  return rename(domain, random.pick(domain.all('ou')), `Unit ${random.below(1e6)}`);
}

async function moveOu({ domain, random, fixed }: RandomWorld): Promise<string | null> {
  const ou = random.pick(domain.all('ou').filter((one) => !fixed.has(one)));
  if (ou === undefined) return null;
  const isElsewhere = (one: DomainEntry) => one !== ou && one !== ou.parent && !domain.isBelow(one, ou);
  const parent = random.pick(domain.all('ou').filter(isElsewhere));
  if (parent === undefined) return null;
  const before = domain.path(ou);
  await domain.move(ou, parent);
  return `moved ${before} to ${domain.path(parent)}`;
}

async function deleteOu({ domain, random, fixed }: RandomWorld): Promise<string | null> {
  const hasFixed = (ou: DomainEntry) => [...fixed].some((one) => one === ou || domain.isBelow(one, ou));
  const ou = random.pick(domain.all('ou').filter((one) => !hasFixed(one)));
  if (ou === undefined) return null;
  await domain.delete(ou);
  return `deleted ${domain.path(ou)} with all that is in it`;
}

async function rename(
  domain: ChangingDomain,
  entry: DomainEntry | undefined,
  name: string,
): Promise<string | null> {
  if (entry === undefined) return null;
  const before = domain.path(entry);
  await domain.rename(entry, name);
  return `renamed ${before} to ${name}`;
}

function phone(random: SeededRandom): string {
  return `+1425555${String(random.below(10_000)).padStart(4, '0')}`;
}
