import { expect, onTestFinished, test } from 'vitest';
import { AttributeMapper, attributeMap } from '../../../../../src/core/directory/attributes.ts';
import type { WatchedGroup } from '../../../../../src/core/directory/changes.ts';
import { formatGuid } from '../../../../../src/core/directory/directory-id.ts';
import { systemServers } from '../../../../../src/core/directory/directory-servers.ts';
import { directorySettingsSchema } from '../../../../../src/core/directory/directory-settings.ts';
import type { ChangeSource } from '../../../../../src/core/directory/ldap/changes/change-reader.ts';
import { groupsThatDiffer } from '../../../../../src/core/directory/ldap/changes/groups-that-differ.ts';
import { filtersOf } from '../../../../../src/core/directory/ldap/filters-of.ts';
import { readRootDse } from '../../../../../src/core/directory/ldap/root-dse.ts';
import { LdapSession } from '../../../../../src/core/directory/ldap/session.ts';
import {
  fakeBaseDn,
  fakeGroup,
  fakePersonDn,
  fakeStaff,
  fakeStaffDn,
} from '../../../../helpers/fake-entries.ts';
import { type FakeLdap, startFakeLdap } from '../../../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../../../servers/fake-ldap-entries.ts';

// A server that shows of links what a test gives it: the lists of groups, the links back, both, or neither.

interface Links {
  readonly member?: readonly string[];
  readonly memberOf?: readonly string[];
}

const dnOf = (name: string) => `CN=${name},${fakeStaffDn}`;

function guidOf(name: string): Buffer {
  const guid = Buffer.alloc(16);
  guid.write(name, 'latin1');
  return guid;
}

const idOf = (name: string) => formatGuid(guidOf(name)) ?? '';
const somebody = [fakePersonDn(0)];

/** Groups by their names, with the names of those they are linked with. */
function groups(links: Readonly<Record<string, Links>>): FakeEntry[] {
  return Object.entries(links).map(([name, { member = somebody, memberOf = [] }]) =>
    fakeGroup(
      name,
      member.map((one) => (one.includes('=') ? one : dnOf(one))),
      { objectGUID: guidOf(name), distinguishedName: dnOf(name), memberOf: memberOf.map(dnOf) },
    ),
  );
}

const nested = { directoryId: idOf('Staff'), isRecursive: true };
const direct = { directoryId: idOf('Staff'), isRecursive: false };

interface Case {
  readonly what: string;
  readonly links: Readonly<Record<string, Links>>;
  readonly expected: readonly WatchedGroup[];
  /** Left out: one called Changed. */
  readonly changed?: readonly string[];
}

const cases: readonly Case[] = [
  { what: 'none when nothing has to do with it', links: { Staff: {}, Changed: {} }, expected: [] },
  {
    what: 'none when only groups around it changed',
    links: { Changed: { member: ['Staff'] }, Staff: { memberOf: ['Changed'] } },
    expected: [],
  },
  {
    what: 'none when groups beside it form a circle',
    links: {
      Staff: {},
      Changed: { member: ['Other'], memberOf: ['Other'] },
      Other: { member: ['Changed'], memberOf: ['Changed'] },
    },
    expected: [],
  },
  {
    what: 'itself when it changed, in either way',
    links: { Staff: {} },
    changed: ['Staff'],
    expected: [nested, direct],
  },
  {
    what: 'the one around what changed',
    links: {
      Staff: { member: ['Inner'] },
      Inner: { member: ['Changed'], memberOf: ['Staff'] },
      Changed: { memberOf: ['Inner'] },
    },
    expected: [nested],
  },
  {
    what: 'the same by the lists of groups alone',
    links: { Staff: { member: ['Inner'] }, Inner: { member: ['Changed'] }, Changed: {} },
    expected: [nested],
  },
  {
    what: 'the same by the links back alone',
    links: { Staff: {}, Inner: { memberOf: ['Staff'] }, Changed: { memberOf: ['Inner'] } },
    expected: [nested],
  },
  {
    what: 'the same where each shows one side',
    links: { Staff: { member: ['Inner'] }, Inner: {}, Changed: { memberOf: ['Inner'] } },
    expected: [nested],
  },
  {
    what: 'any where the way up leads to a group that cannot be seen',
    links: { Staff: {}, Changed: { memberOf: ['Hidden'] } },
    expected: [nested],
  },
  {
    what: 'any whose list cannot be read',
    links: { Staff: { member: [] }, Changed: {} },
    expected: [nested],
  },
  {
    what: 'any when more groups changed than can be asked about',
    links: { Staff: {}, ...Object.fromEntries(manyNames(41).map((name) => [name, {}])) },
    changed: manyNames(41),
    expected: [nested],
  },
  {
    what: 'none when as many changed as can be',
    links: { Staff: {}, ...Object.fromEntries(manyNames(40).map((name) => [name, {}])) },
    changed: manyNames(40),
    expected: [],
  },
];

test.each(cases)('groups that may have other members are $what', async ({ links, changed, expected }) => {
  const server = await start(groups(links));
  expect(await ask(server, changed ?? ['Changed'])).toEqual(expected);
});

test('a group with so many links that they come in parts may lie in any', async () => {
  const above = manyNames(12);
  const links = Object.fromEntries(above.map((name) => [name, {}]));
  const server = await start(groups({ Staff: {}, Changed: { memberOf: above }, ...links }));
  expect(await ask(server, ['Changed'])).toEqual([]);
  server.state.maxValRange = 10;
  expect(await ask(server, ['Changed'])).toEqual([nested]);
});

test('where not all groups are told, any changed group may lie in any', async () => {
  const server = await start(groups({ Staff: {}, Changed: {} }));
  expect(await ask(server, ['Changed'], false)).toEqual([nested]);
  expect(await ask(server, [], false)).toEqual([]);
});

test('nothing is asked when no group changed, or the group itself did', async () => {
  const server = await start(groups({ Staff: {} }));
  const { source } = await open(server);
  const asked = server.requests.length;
  await groupsThatDiffer(source, [nested, direct], [], true);
  await groupsThatDiffer(source, [nested], [{ directoryId: idOf('Staff'), dn: dnOf('Staff') }], true);
  await groupsThatDiffer(source, [direct], [{ directoryId: idOf('Changed'), dn: dnOf('Changed') }], true);
  expect(server.requests.length).toBe(asked);
});

function manyNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `Many${index}`);
}

async function start(entries: readonly FakeEntry[]): Promise<FakeLdap> {
  const server = await startFakeLdap({ entries: [fakeStaff(), ...entries] });
  onTestFinished(() => server.stop());
  return server;
}

async function ask(server: FakeLdap, changed: readonly string[], tellsOfDomain = true) {
  const { source } = await open(server);
  const entries = changed.map((name) => ({ directoryId: idOf(name), dn: dnOf(name) }));
  return groupsThatDiffer(source, [nested, direct], entries, tellsOfDomain);
}

async function open(server: FakeLdap): Promise<{ source: ChangeSource }> {
  const settings = directorySettingsSchema.parse({
    type: 'activeDirectory',
    urls: [server.url],
    security: 'none',
    acceptsPlain: true,
    bindUser: 'reader',
  });
  const session = new LdapSession(settings, 'secret', systemServers());
  onTestFinished(() => session.close());
  const map = attributeMap('activeDirectory', settings.attributes);
  const source: ChangeSource = {
    session,
    rootDse: await session.use((connection) => readRootDse(connection)),
    baseDn: fakeBaseDn,
    filters: filtersOf(settings),
    map,
    mapper: new AttributeMapper(map),
    binaryAttributes: [map.uniqueIdentifier],
    controller: { name: server.url, invocationId: null, usn: null, remembersMs: 0 },
    itemFilters: [],
    now: new Date(0),
    signal: undefined,
  };
  return { source };
}
