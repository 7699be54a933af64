import { describe, expect, onTestFinished, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { offerFirstSteps } from '../../../src/screens/first-run/offer.ts';
import { chosen, initialFirstRun, reduceFirstRun } from '../../../src/screens/first-run/state.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { startFakeLdap } from '../../servers/fake-ldap.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

const down = '\x1b[B';
const left = '\x1b[D';
const right = '\x1b[C';

/** A console as it is begun: the first steps are offered where there is nothing yet. */
async function begin(options: ConsoleOptions & { core?: ReturnType<typeof temporaryCore> } = {}) {
  const core = options.core ?? temporaryCore();
  const console = await openConsole(core, options);
  offerFirstSteps(console.shell.context);
  await console.shell.navigator.loading();
  return { core, console };
}

describe('the first steps', () => {
  test.each([
    ['80x24', 80, 24, themes.standard],
    ['120x40 in ASCII', 120, 40, themes.ascii],
  ])('offer a directory at %s', async (_, columns, rows, theme) => {
    const { console } = await begin({ columns, rows, theme });
    const text = await console.shows('step 1 of 3');
    for (const choice of ['Active Directory', 'LDAP', 'Sample directory', 'Skip']) {
      expect(text).toMatch(new RegExp(`[> ] ${choice} `));
    }
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('lead from the sample directory to the import of its people', async () => {
    const { core, console } = await begin();
    console.press(`${down}${down}\r`);
    await console.shows('all is well');
    console.press('\r');
    expect(await console.shows('Users > Import from the sample directory')).toContain(
      'Sample directory: saved.',
    );
    await console.shows('Finance');
    console.press('\x1b');
    await console.shows('There are no users yet');
    expect(core.directoryConnection.load()).toMatchObject({
      settings: { type: 'sample' },
      isConfigured: true,
    });
    expect(listAudit(core.store, {}, 9)).toMatchObject([{ action: 'directory.changed', target: 'sample' }]);
  });

  test('connect to a directory: type, see what is wrong, mend it, save', async () => {
    const server = await startFakeLdap({
      entries: [{ dn: 'DC=fake,DC=contoso,DC=test', attributes: { objectClass: 'domainDNS' } }],
    });
    onTestFinished(() => server.stop());
    const { core, console } = await begin();
    console.press(`\r127.0.0.1:${server.port}${down}${left}`);
    await console.shows('I accept');
    console.press(`${down} ${down}reader${down}secret${down}\r`);
    expect(await console.shows('1 check failed')).toMatch(/> FAIL +Sample user/);
    console.press('\r');
    await console.shows('A check failed. Esc goes back to mend it');
    console.press('\x1b');
    expect(await console.shows('step 2 of 3')).toContain(`[127.0.0.1:${server.port} `);
    console.press('\x14');
    await console.shows('1 check failed');
    console.press('\x13');
    await console.shows('Active Directory: saved.');
    expect(core.directoryConnection.load()).toMatchObject({
      settings: { type: 'activeDirectory', baseDn: server.baseDn, bindUser: 'reader' },
      hasPassword: true,
    });
  });

  test('say at the field what cannot be tried', async () => {
    const { console } = await begin();
    console.press(`\r${down.repeat(5)}\r`);
    expect(await console.shows('No directory server is named')).toContain('step 2 of 3');
  });

  test('go back step by step, and leave everything as it was', async () => {
    const { core, console } = await begin();
    console.press('\rdc1');
    await console.shows('[dc1');
    console.press('\x1b');
    await console.shows('Step back');
    console.press('\x1b');
    await console.shows('step 1 of 3');
    console.press('\r');
    expect(await console.shows('step 2 of 3')).toContain('[dc1');
    console.press('\x1b');
    await console.shows('Step back');
    console.press('\x1b');
    await console.shows('step 1 of 3');
    console.press('\x1b');
    await console.shows('The connection to the directory has changes that are not saved.');
    console.press('\x1b');
    expect(await console.showsNoMore('Unsaved changes')).toContain('step 1 of 3');
    console.press(`\x1b${right}\r`);
    await console.shows('Last backup');
    expect(core.directoryConnection.load().isConfigured).toBe(false);
  });

  test('save what was typed when they are left, and show what keeps it from being saved', async () => {
    const { core, console } = await begin();
    console.press(`\rdc1${down.repeat(3)}reader\x1b\x1b${down}\x1b\r`);
    expect(await console.shows('The bind account needs its password.')).toContain('[dc1 ');
    console.press(`secret${down}DC=fake\x1b\x1b\x1b\r`);
    await console.shows('Active Directory: saved.');
    expect(core.directoryConnection.load()).toMatchObject({
      settings: { urls: ['ldaps://dc1'], bindUser: 'reader', baseDn: 'DC=fake' },
      hasPassword: true,
    });
  });

  test('are offered to nobody who has users or a directory, or may change nothing', async () => {
    const withUser = temporaryCore();
    await withUser.users.add({ username: 'ada' });
    const configured = temporaryCore();
    const { settings } = configured.directoryConnection.load();
    configured.directoryConnection.save({ before: settings, after: settings });
    for (const options of [{ core: withUser }, { core: configured }, { isReadOnly: true }]) {
      const { console } = await begin(options);
      expect(await console.shows('Data directory')).not.toContain('First steps');
    }
  });
});

describe('their state', () => {
  test('stops the cursor at the ends', () => {
    const move = (by: number) => chosen(reduceFirstRun(initialFirstRun, { type: 'move', by }));
    expect([move(-1), move(1), move(9)]).toEqual(['activeDirectory', 'ldap', 'skip']);
  });

  test.each([
    [0, 'connection', ['test', 'connection', 'directory']],
    [2, 'test', ['test', 'directory', 'directory']],
  ])('knows the steps of choice %i', (cursor, first, others) => {
    const begun = reduceFirstRun({ ...initialFirstRun, cursor }, { type: 'choose' });
    expect(begun.step).toBe(first);
    const next = reduceFirstRun(begun, { type: 'next' });
    const back = reduceFirstRun(next, { type: 'back' });
    const further = reduceFirstRun(back, { type: 'back' });
    expect([next, back, further].map(({ step }) => step)).toEqual(others);
  });
});
