import { expect, onTestFinished, test } from 'vitest';
import type { User } from '../../src/core/users/user.ts';
import { coreOfFake } from '../helpers/connected-core.ts';
import {
  fakeGroup,
  fakePeople,
  fakePerson,
  fakePersonDn,
  fakeStaff,
  fakeStaffDn,
} from '../helpers/fake-entries.ts';
import { runCommand } from '../helpers/run-command.ts';
import type { TemporaryCore } from '../helpers/temporary-core.ts';
import { type FakeLdap, type FakeLdapOptions, startFakeLdap } from '../servers/fake-ldap.ts';
import type { FakeLdapFaults } from '../servers/fake-ldap-state.ts';
import { inventPerson } from '../servers/people.ts';

const people = 1700;
const everybody = ['--container', fakeStaffDn];

// What is read before the fault strikes; the smallest batch has 1,000 users.
test.each<[string, FakeLdapFaults, committed: number, words: RegExp]>([
  ['drops the connection', { dropAfter: 1250 }, 1000, /cut short after 1,200 entries: .*was lost/],
  ['drops the connection early', { dropAfter: 450 }, 0, /cut short after 400 entries/],
  ['stalls for ever', { stallAfter: 1250 }, 1000, /did not answer a search within 2 seconds/],
  ['reaches its size limit', { sizeLimit: 1300 }, 1000, /stopped at its size limit/],
  ['refuses to search', { searchResult: { code: 51, message: 'busy' } }, 0, /busy/],
])('an import from a server that %s fails, keeps its batches, and run again completes', async (...row) => {
  const [, faults, committed, words] = row;
  const server = await start({ entries: [fakeStaff(), ...fakePeople(people)], faults });
  const core = coreOfFake(server, { pageSize: 200, timeLimitSeconds: 1, connectTimeoutSeconds: 1 });

  const broken = await importUsers(core, ...everybody);
  const error = { code: expect.stringMatching(/^directory\./), message: expect.stringMatching(words) };
  expect(broken).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(words),
    json: { run: { state: 'failed', counts: { read: committed, added: committed }, error }, error },
  });
  expectWhole(core, committed);

  server.state.faults = {};
  const again = await core.importUsers(core.runs.findResumable(1).request);
  expect(again).toMatchObject({
    state: 'completed',
    counts: { read: people, added: people - committed, unchanged: committed, conflicts: 0 },
  });
  expectWhole(core, people);
});

test('empty pages with a cookie in between take nobody away', async () => {
  const server = await start({
    entries: [fakeStaff(), ...fakePeople(people)],
    faults: { emptyPages: [1, 2, 5, 9] },
  });
  const core = coreOfFake(server, { pageSize: 200 });
  expect(await importUsers(core, ...everybody)).toMatchObject({
    exitCode: 0,
    json: { run: { counts: { read: people, added: people } } },
  });
  expectWhole(core, people);
});

test('a group that comes in ranges is imported whole, also when it breaks in between', async () => {
  const count = 5000;
  const groupDn = `CN=Everybody,${fakeStaffDn}`;
  // Only the group's own list knows every twentieth member.
  const entries = fakePeople(count).map(({ dn, attributes }, index) => ({
    dn,
    attributes: { ...attributes, distinguishedName: dn, ...(index % 20 !== 0 && { memberOf: groupDn }) },
  }));
  const members = entries.map(({ dn }) => dn);
  const server = await start({
    entries: [fakeStaff(), ...entries, fakeGroup('Everybody', members)],
    maxValRange: 1500,
  });
  const core = coreOfFake(server);
  const group = ['--group', groupDn];

  server.state.faults = { dropAfter: 2300 };
  const broken = await importUsers(core, ...group);
  expect(broken).toMatchObject({ exitCode: 1, json: { run: { state: 'failed', counts: { read: 2000 } } } });
  server.state.faults = {};
  const { json } = await importUsers(core, ...group);
  expect(json).toMatchObject({ run: { counts: { read: count, conflicts: 0, failed: 0, skipped: 0 } } });
  expectWhole(core, count);
  const ranges = server.requests.flatMap((request) =>
    request.operation === 'search' ? request.attributes.filter((name) => name.includes('range=')) : [],
  );
  expect(ranges).toEqual(
    expect.arrayContaining(['member;range=1500-*', 'member;range=3000-*', 'member;range=4500-*']),
  );
}, 60_000);

test('members whom the server does not show are reported, not lost without a word', async () => {
  const server = await start({
    entries: [fakeStaff(), fakePerson(0), fakeGroup('Some', [fakePersonDn(0), fakePersonDn(1)])],
  });
  const core = coreOfFake(server);
  const { json } = await importUsers(core, '--group', `CN=Some,${fakeStaffDn}`);
  expect(json).toMatchObject({ run: { counts: { read: 2, added: 1, skipped: 1 } } });
  expect(core.runs.changes(1, { change: 'skipped' })).toMatchObject([
    { username: fakePersonDn(1), reason: expect.stringContaining('cannot be read') },
  ]);
});

async function start(options: FakeLdapOptions): Promise<FakeLdap> {
  const server = await startFakeLdap(options);
  onTestFinished(() => server.stop());
  return server;
}

function importUsers(core: TemporaryCore, ...args: string[]) {
  return runCommand(core.folder, ['import', ...args, '--json']);
}

/** Exactly the first people are there, each once and with everything that the directory says of them. */
function expectWhole(core: TemporaryCore, count: number): void {
  const { users } = core.users.list();
  const expected = Array.from({ length: count }, (_, index) => {
    const { givenName, surname, mail, mobile } = inventPerson(index);
    return [`user${index}`, givenName, surname, mail, mobile.replaceAll(' ', ''), 'import'];
  });
  const stored = users.map((user: User) => {
    const { username, firstName, lastName, email, phone, source } = user;
    return [username, firstName, lastName, email, phone, source];
  });
  expect(stored).toEqual(expected.sort(([a = ''], [b = '']) => (a < b ? -1 : 1)));
  expect(core.store.integrityErrors()).toEqual([]);
}
