import { describe, expect, onTestFinished, test } from 'vitest';
import { coreOfFake } from '../../helpers/connected-core.ts';
import { fakeBaseDn, fakePeople, fakePerson, fakeStaff, fakeStaffDn } from '../../helpers/fake-entries.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import type { TemporaryCore } from '../../helpers/temporary-core.ts';
import { type FakeLdap, type FakeLdapOptions, startFakeLdap } from '../../servers/fake-ldap.ts';
import type { FakeEntry } from '../../servers/fake-ldap-entries.ts';
import { bindRefusals } from '../../servers/fake-ldap-state.ts';
import { keys, openImport } from './open-import.ts';

const { down, right, tab, end, esc } = keys;
const domain: FakeEntry = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };

async function startDirectory(
  options: FakeLdapOptions & { readonly people?: number } = {},
): Promise<{ server: FakeLdap; core: TemporaryCore }> {
  const { people = 35, ...rest } = options;
  const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 7) });
  const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(people)], ...rest });
  onTestFinished(() => server.stop());
  return { server, core: coreOfFake(server, { pageSize: 500 }) };
}

describe('a directory that cannot be read', () => {
  test('says why and what to do, and is read again with r', async () => {
    const { server, core } = await startDirectory({ faults: { bind: bindRefusals.wrongPassword } });
    const { console } = await openImport({ core });
    const text = (await console.shows('password again.')).replace(/\s+│?\s*/g, ' ');
    expect(text).toContain('The bind account "reader" does not exist, or its password is another.');
    expect(text).toContain('Check the name, and enter the password again.');
    await console.shows('r Try again');
    server.state.faults = {};
    console.press('r');
    await console.shows('Whom: fake.contoso.test and below (35 users)');
  });

  test('that is not there says so', async () => {
    const { server, core } = await startDirectory();
    await server.stop();
    const { console } = await openImport({ core });
    await console.shows('r Try again');
    const text = (await console.frame.text()).replace(/\s+│?\s*/g, ' ');
    expect(text).toMatch(/nothing listens/i);
  });

  test('stops being read with Esc, and is read over a new connection then', async () => {
    const { server, core } = await startDirectory({ faults: { stallAfter: 0 } });
    const { console } = await openImport({ core });
    await console.shows('Reading. Esc stops it.');
    await console.shows('Esc Stop reading');
    console.press(esc);
    await console.shows('Reading was stopped. r reads again.');
    server.state.faults = {};
    const before = server.connectionCount();
    console.press('r');
    await console.shows('Whom: fake.contoso.test and below (35 users)');
    expect(server.connectionCount()).toBeGreaterThan(before);
  });

  test('can be left at any time', async () => {
    const { core } = await startDirectory({ faults: { bind: 'silence' } });
    const { console } = await openImport({ core });
    await console.shows('Esc Stop reading');
    console.press(esc);
    await console.shows('r Try again');
    console.press(esc);
    await console.shows('There are no users yet');
  });

  test('shows whom it gave before it broke, and why that is not everybody', async () => {
    const { server, core } = await startDirectory({ people: 900 });
    const { console } = await openImport({ core });
    await console.shows('(900 users)');
    server.state.faults = { sizeLimit: 700 };
    console.press('r');
    const text = await console.shows('500 users, incomplete');
    expect(text).toContain('was cut short after');
    await console.shows('r Try again');
  });

  test('tells of a container that cannot be opened, and keeps its name', async () => {
    const { server, core } = await startDirectory();
    const below: FakeEntry = {
      dn: `OU=Below,${fakeStaffDn}`,
      attributes: { objectClass: 'organizationalUnit', name: 'Below' },
    };
    server.state.entries = [...server.state.entries, below];
    const { console } = await openImport({ core });
    await console.shows('OU=Staff');
    await console.shows('(35 users)');
    server.state.entries = server.state.entries.filter(({ dn }) => dn === fakeBaseDn);
    console.press(`${down}${right}`);
    await console.shows('There is no container');
    expect(await console.frame.text()).toMatch(/> +v \[ \] OU=Staff/);
  });
});

test('only a thousand people are listed, and the others are counted', async () => {
  const { core } = await startDirectory({ people: 1234 });
  const { console } = await openImport({ core });
  await console.shows('1,000 users, 234 more');
  await console.shows('Whom: fake.contoso.test and below (1,234 users)');
  console.press(`${tab}${end}`);
  await console.shows(/>\[ \] user9/);
});

test('passing by costs the server nothing: who is there is asked when the cursor rests', async () => {
  const { server, core } = await startDirectory();
  const ous = Array.from({ length: 20 }, (_, index): FakeEntry => {
    const name = `Part ${String(index).padStart(2, '0')}`;
    return { dn: `OU=${name},${fakeBaseDn}`, attributes: { objectClass: 'organizationalUnit', name } };
  });
  server.state.entries = [...server.state.entries, ...ous];
  const { console } = await openImport({ core });
  await console.shows('OU=Part 09');
  await console.shows('(35 users)');
  console.press(down.repeat(15));
  await console.shows('Whom: OU=Part 14 and below (0 users)');
  await console.shows('There is nobody here.');
  const asked = server.requests.filter(
    (request) =>
      request.operation === 'search' && request.scope === 'sub' && /^OU=Part/i.test(request.baseDn),
  );
  expect(new Set(asked.map((request) => 'baseDn' in request && request.baseDn))).toEqual(
    new Set([`OU=Part 14,${fakeBaseDn}`]),
  );
});

describe.each([
  [80, 24],
  [120, 40],
])('names of a hostile directory at %i x %i', (columns, rows) => {
  test('break no line, in the tree, among the people and in a preview', async () => {
    const containers = hostileTexts.map(
      (name, index): FakeEntry => ({
        dn: `OU=c${index},${fakeBaseDn}`,
        attributes: { objectClass: 'organizationalUnit', name, objectGUID: Buffer.alloc(16, index + 50) },
      }),
    );
    const people = hostileTexts.map((name, index) =>
      fakePerson(index, { sAMAccountName: `h${index} ${name}`, givenName: name, sn: name, mobile: name }),
    );
    const { core } = await startDirectory({
      entries: [domain, fakeStaff({ name: 'Staff' }), ...containers, ...people],
    });
    const { console } = await openImport({ core, columns, rows });
    await console.shows(`(${hostileTexts.length} users)`);
    await console.shows('OU=__proto__');
    const [, , , rule = ''] = await console.frame.lines();
    const divider = rule.indexOf('┬');
    await expectSound(divider);
    console.press('p');
    await console.shows('preview, nothing is written yet');
    await console.shows(String(hostileTexts.length));
    await expectSound(null);
    console.press('\r');
    await console.shows('would be added');
    await expectSound(null);

    async function expectSound(column: number | null): Promise<void> {
      const text = await console.frame.text();
      expect(text).not.toMatch(harmfulCharacters);
      expect(text.split('\n').length).toBeLessThan(rows);
      if (column === null) return;
      const panes = (await console.frame.column(column)).slice(4, rows - 7);
      expect(new Set(panes)).toEqual(new Set(['│']));
    }
  });
});
