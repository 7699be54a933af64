import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../src/core/directory/directory-settings.ts';
import { fakeBaseDn, fakeGroup, fakePeople, fakePersonDn, fakeStaff } from '../../helpers/fake-entries.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type FakeLdap, startFakeLdap } from '../../servers/fake-ldap.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

const down = '\x1b[B';
const right = '\x1b[C';
const left = '\x1b[D';
const save = '\x13';

/** The section, opened; over another directory than the sample one when settings are given. */
async function openSection(
  options: ConsoleOptions & {
    settings?: Partial<DirectorySettings>;
    password?: string;
    core?: TemporaryCore;
  } = {},
) {
  const core = options.core ?? temporaryCore();
  if (options.settings !== undefined) {
    const after = directorySettingsSchema.parse({ type: 'activeDirectory', ...options.settings });
    core.directoryConnection.save({
      before: core.directorySettings.load(),
      after,
      password: options.password,
    });
  }
  const console = await openConsole(core, options);
  console.shell.context.goTo('directory-integration');
  await console.shows('[Settings]');
  return { core, console };
}

async function startDirectory(): Promise<FakeLdap> {
  const server = await startFakeLdap({
    entries: [{ dn: 'DC=fake,DC=contoso,DC=test', attributes: { objectClass: 'domainDNS' } }],
  });
  onTestFinished(() => server.stop());
  return server;
}

/** Settings that reach a server of the test. */
const plainly = (server: FakeLdap) => ({
  urls: [server.url],
  security: 'none' as const,
  acceptsPlain: true,
  bindUser: 'reader',
  baseDn: server.baseDn,
});

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the connection at %s', (_, columns, rows, theme) => {
  const size = { columns, rows, theme };

  test('shows every field of each tab', async () => {
    const { console } = await openSection({ ...size, settings: { urls: ['ldaps://dc1'] } });
    const settings = await console.shows('Page size');
    for (const label of ['Servers', 'Encryption', 'Trusted CAs', 'Bind account', 'Password', 'Base DN']) {
      expect(settings).toContain(label);
    }
    console.press(']');
    expect(await console.shows('[Filters]')).toContain('(&(objectClass=user)(objectCategory=person))');
    console.press(']');
    expect(await console.shows('[Attributes]')).toContain('userPrincipalName;sAMAccountName');
    console.press(`${down.repeat(22)}`);
    const last = await console.shows('Extension');
    expect(Math.max(...last.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(last).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('is not drawn differently by what somebody has called things', async () => {
    for (const text of hostileTexts) {
      const settings = { urls: ['ldaps://dc1'], baseDn: text, bindUser: text, attributes: { mobile: text } };
      const { console } = await openSection({ ...size, settings, password: 'secret' });
      const lines = (await console.shows('Page size')).split('\n');
      expect(lines.find((line) => line.includes('Base DN'))?.trimEnd()).toMatch(/\]$/);
      expect(lines.join('\n')).not.toMatch(harmfulCharacters);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
      console.frame.close();
    }
  });
});

test('the way out of a field is hinted at while it is typed in, and what a choice takes while it is edited', async () => {
  const { console } = await openSection({ settings: { urls: ['ldaps://dc1'] } });
  console.press('\r');
  await console.shows('Right Choose');
  console.press(`${down}dc2`);
  expect(await console.shows('dc2')).toContain('Ctrl+S Save  Esc Leave');
});

describe('the sample directory', () => {
  test('has nothing to be set, and is tested at once', async () => {
    const { console } = await openSection();
    expect(await console.shows('< Sample directory >')).not.toContain('Servers');
    console.press(']');
    expect(await console.shows('always read in the same way')).not.toMatch(/Enter Edit|Defaults/);
    console.press('t');
    expect(await console.shows('all is well')).toContain('no connection.');
    console.press('\x1b');
    await console.shows('[Filters]');
  });
});

describe('another directory', () => {
  test('is connected and saved with what is typed, and the password is never shown again', async () => {
    const server = await startDirectory();
    const { core, console } = await openSection();
    console.press(`\r${right}${down}${server.host}:${server.port}${down}${left}`);
    await console.shows('I accept');
    console.press(`${down}${down}reader${down}the secret${save}`);
    const refused = await console.shows('Accept it, or choose LDAPS or StartTLS.');
    expect(refused).toMatch(/> {2}I accept +\[ \] no/);
    expect(refused).toContain('[Settings !]');
    console.press(` ${save}`);
    const saved = await console.shows('The connection to the directory is saved.');
    expect(saved).toContain('(stored; type to replace it)');
    expect(saved).toContain(`[${server.baseDn} `);
    expect(saved).not.toMatch(/secret|^>?\* /m);
    const { settings, hasPassword } = core.directoryConnection.load();
    expect(settings).toMatchObject({ ...plainly(server), type: 'activeDirectory' });
    expect(hasPassword).toBe(true);
    expect(listAudit(core.store, {}, 9)).toMatchObject([
      { action: 'directory.changed', details: { fields: { bindPassword: [null, 'set anew'] } } },
    ]);
  });

  test('is tested as it stands there, before anything is saved', async () => {
    const server = await startDirectory();
    const { core, console } = await openSection({ settings: plainly(server), password: 'secret' });
    console.press(`t`);
    const tested = await console.shows('1 check failed');
    expect(tested).toMatch(/note +TLS +The connection is not encrypted/);
    expect(tested).toMatch(/> FAIL +Sample user +No user was found below/);
    expect(tested).toContain('Check the base DN');
    console.press('\x1b');
    console.press(`\r${down}\x15nowhere.invalid\x14`);
    expect(await console.shows('1 check failed')).toMatch(/> FAIL +DNS +/);
    console.press('\x1b');
    await console.shows(/\* Servers +\[nowhere\.invalid /);
    expect(core.directorySettings.load().urls).toEqual([server.url]);
  });

  test('is not tested with what cannot be tried, and the fields say why', async () => {
    const { console } = await openSection({ settings: { urls: ['ldaps://dc1'], bindUser: 'reader' } });
    console.press('t');
    await console.shows('! The bind account needs its password.');
    await console.shows('The connection cannot be tested like this.');
  });

  test('tells its base DN when it is asked, or when none was given', async () => {
    const server = await startDirectory();
    const settings = { ...plainly(server), baseDn: 'DC=old' };
    const { core, console } = await openSection({ settings, password: 'secret' });
    console.press('\x07');
    await console.shows(`The base DN is ${server.baseDn}.`);
    console.press(save);
    await console.shows('is saved');
    expect(core.directorySettings.load().baseDn).toBe(server.baseDn);
  });

  test('that cannot be asked for its base DN says so at the field', async () => {
    const { core, console } = await openSection({
      settings: { urls: ['ldaps://127.0.0.1:1'], baseDn: 'DC=x' },
    });
    console.press(`\r${down.repeat(6)}\x15${save}`);
    const text = await console.shows(/refused\s+the\s+connection/);
    expect(text).toMatch(/>\* Base DN/);
    expect(core.directorySettings.load().baseDn).toBe('DC=x');
  });

  test('that is silent can be given up with Esc', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const { console } = await openSection({ settings: { urls: [`ldaps://127.0.0.1:${port}`] } });
    console.press('\x07');
    await console.shows('Asking ldaps://127.0.0.1');
    console.press('\x1b');
    expect(await console.showsNoMore('Asking')).toContain('(asked from the server)');
  });

  test('includes trusted domains by a switch, and its servers are named as before', async () => {
    const { core, console } = await openSection({ settings: { urls: ['ldaps://dc1'], baseDn: 'DC=x' } });
    console.press(`\r${down.repeat(8)} `);
    expect(await console.shows(/>\* Trusted domains +\[x\] yes/)).toContain('Global');
    console.press(save);
    expect(await console.shows('is saved')).toMatch(/Servers +\[dc1 /);
    expect(core.directorySettings.load().urls).toEqual(['ldaps://dc1:3269']);
    console.press(`\r ${save}`);
    await console.shows(/Trusted domains +\[ \] no/);
    await expect.poll(() => core.directorySettings.load().urls).toEqual(['ldaps://dc1']);
  });

  test('gets the defaults of a page back', async () => {
    const settings = { urls: ['ldaps://dc1'], baseDn: 'DC=x', attributes: { mobile: 'otherMobile' } };
    const { core, console } = await openSection({ settings });
    console.press(`]]${down.repeat(18)}`);
    await console.shows('[otherMobile ');
    console.press('\x04');
    await console.shows(/\* Mobile phone +\[mobile /);
    console.press(save);
    await console.shows('is saved');
    expect(core.directorySettings.load().attributes).toEqual({});
  });
});

describe('trying out', () => {
  async function withPeople() {
    const entries = [
      { dn: fakeBaseDn, attributes: { objectClass: 'domainDNS' } },
      fakeStaff(),
      ...fakePeople(7),
      fakeGroup('Testers', [fakePersonDn(1)]),
    ];
    const server = await startFakeLdap({ entries });
    onTestFinished(() => server.stop());
    const filters = { user: '(objectClass=user)', group: '(objectClass=group)' };
    return openSection({ settings: { ...plainly(server), filters }, password: 'secret' });
  }

  test('filters says how many each of them finds, saved or not', async () => {
    const { console } = await withPeople();
    console.press(']f');
    const found = await console.shows('7 users');
    expect(found).toContain('1 container');
    expect(found).toContain('1 security group');
    console.press(`\x1b\r${down}${down}\x15(sAMAccountName=user3)\x06`);
    await console.shows('1 user ');
    console.press('\x1b');
    console.press(`\x15(broken\x06`);
    await console.shows('It cannot be tried like this.');
  });

  test('attributes shows what somebody would get', async () => {
    const { core, console } = await withPeople();
    console.press(`]]${down.repeat(16)}`);
    await console.shows(/> {2}Home phone/);
    console.press(`\r${down}${down}\x15telephoneNumber\x06user3\x13`);
    const person = await console.shows(/Directory Integration > user3/);
    const mobile = /Mobile phone +(\+.*\d)/.exec(person)?.[1];
    expect(person).toMatch(/Second username +user3/);
    expect(mobile).toBe(/Business phone +(\+.*\d)/.exec(person)?.[1]);
    expect(core.directorySettings.load().attributes).toEqual({});
    console.press('\x1b');
    await console.shows('[Attributes]');
    console.press('\x06nobody\x13');
    await console.shows('Nobody was found who is called nobody.');
  });
});

describe('changes', () => {
  const settings = { urls: ['ldaps://dc1'], baseDn: 'DC=x' };
  const toPageSize = `\r${down.repeat(11)}`;

  test('of somebody else are not written over unseen', async () => {
    const { core, console } = await openSection({ settings });
    const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
    const before = other.directorySettings.load();
    other.directoryConnection.save({ before, after: { ...before, timeLimitSeconds: 7 } });
    console.press(`${toPageSize}\x1599${save}`);
    await console.shows('was changed by eve@test');
    console.press(`${right}\r`);
    const lines = await console.shows('Answer within: theirs 7');
    expect(lines).toContain('Page size: stored 500, yours 99');
    console.press('\r');
    await console.shows('Overwrite writes your changes');
    console.press(`${right}${right}\r`);
    await console.shows(/Answer within +\[7 /);
    expect(core.directorySettings.load()).toMatchObject({ timeLimitSeconds: 7, pageSize: 500 });
    console.press(`\r\x1599${save}`);
    await console.shows('is saved');
    expect(core.directorySettings.load()).toMatchObject({ timeLimitSeconds: 7, pageSize: 99 });
  });

  test('that are not saved are asked about, and thrown away when that is wanted', async () => {
    const { core, console } = await openSection({ settings });
    console.press(`${toPageSize}\x1599\x1b`);
    await console.shows(/>\* Page size/);
    console.press('1');
    await console.shows('has changes that are not saved');
    console.press(`${right}\r`);
    await console.shows('Last backup');
    expect(core.directorySettings.load().pageSize).toBe(500);
    console.shell.context.goTo('directory-integration', 'settings');
    expect(await console.shows('[500 ')).not.toMatch(/\* Page size/);
  });

  test('are impossible in a read-only console, where all can be looked at and tested', async () => {
    const { core, console } = await openSection({ settings, isReadOnly: true });
    console.press(`]]${down.repeat(22)}`);
    await console.shows(/> {2}Extension/);
    expect(await console.shows('READ-ONLY')).not.toContain('Enter Edit');
    console.press('x\x13');
    await console.shows('Nothing was changed.');
    console.press('\x04');
    await console.shows('was started with --read-only');
    console.press('t');
    await console.shows('Directory Integration > Test');
    expect(core.directorySettings.load()).toMatchObject(settings);
  });
});
