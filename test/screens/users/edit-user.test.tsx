import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

/** The edit dialog of ada, the first of three. */
async function editAda(size: { columns?: number; rows?: number } = {}) {
  const core = temporaryCore();
  const other = temporaryCore({ folder: core.folder, actor: 'eve@test' });
  for (const username of ['ada', 'bob', 'carla']) await core.users.add({ username, firstName: 'First' });
  const console = await openConsole(core, size);
  console.press('2e');
  await console.shows('Users > ada');
  return { core, other, console };
}

/** Keys that go to a field from the first one. */
const to = { firstName: '\t', email: '\t'.repeat(3), phone: '\t'.repeat(6), extension: '\t'.repeat(7) };

describe.each([
  [80, 24],
  [120, 40],
])('the edit dialog at %i x %i', (columns, rows) => {
  test('shows every field of each tab, and more of what is known', async () => {
    const { console } = await editAda({ columns, rows });
    const general = await console.shows('[General]');
    for (const label of ['Username', 'User group', 'Phone', 'Extension', 'Method', 'PIN again', 'Enabled']) {
      expect(general).toContain(label);
    }
    console.press('\x1b[6~');
    const advanced = await console.shows('[Advanced]');
    for (const label of ['Backup phone', 'Mobile app language', 'May change PIN', 'When disabled']) {
      expect(advanced).toContain(label);
    }
    console.press('\x1b[6~');
    const info = await console.shows('[Info]');
    expect(info).toMatch(/Came from +by hand/);
    console.press('G');
    await console.shows(/History +.* added by admin@test/);
    expect(Math.max(...info.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });
});

test('the information on a user says why the settings are so, and what the directory owns', async () => {
  const core = temporaryCore();
  await core.importUsers({
    selection: { scope: 'users', names: ['asmith'] },
    rules: importRulesSchema.parse({ method: 'phoneCall' }),
  });
  const [user] = core.users.list().users;
  await core.users.edit(user?.username ?? '', { phone: '+14255550199' });
  const console = await openConsole(core, { columns: 120, rows: 40 });
  console.press('2e');
  await console.shows('Users > asmith');
  console.press('\x1b[6~\x1b[6~');
  const info = await console.shows('Why this user has these settings');
  expect(info).toMatch(/The directory owns +username, first name/);
  expect(info).toMatch(/Kept as set here +phone/);
  expect(info).toMatch(/First name +Ada: from the directory, run 1, /);
  expect(info).toMatch(/Phone +\+14255550199: set by admin@test, .*kept as set here/);
  expect(info).toMatch(/Method +Phone call: by the rules of run 1, /);
  expect(info).toMatch(/When disabled +fail: as the company settings say/);
});

describe('editing', () => {
  test('saves what was changed, and marks it until then', async () => {
    const { core, console } = await editAda();
    console.press(`${to.firstName}\x15Ada\t\x15Lovelace`);
    expect(await console.shows('Lovelace')).toMatch(/\* First name +\[Ada /);
    console.press('\x13');
    expect(await console.shows('ada is saved.')).not.toMatch(/\* First name/);
    expect(core.users.find('ada')).toMatchObject({ firstName: 'Ada', lastName: 'Lovelace', version: 2 });
    console.press('\x1b\x1b');
    await console.shows(/> {4}ada +Ada Lovelace/);
  });

  test('reads phones as people write them', async () => {
    const { core, console } = await editAda();
    console.press(`${to.phone}(425) 555-0123 x890\x13`);
    expect(await console.shows('ada is saved.')).toMatch(/Phone +\[\+14255550123/);
    expect(core.users.find('ada')).toMatchObject({ phone: '+14255550123', extension: '890' });
    console.press('\x1b[Z\x15gb\t\x15020 7946 0958\x13');
    await console.shows(/Phone +\[\+442079460958/);
  });

  test('says under a field what is wrong with it, and goes to the first such field', async () => {
    const { core, console } = await editAda();
    console.press(`${to.email}nobody\t\t\t12\t`);
    expect(await console.shows('! E-mail must look like name@company.example.')).toMatch(
      /! The number is not/,
    );
    console.press('\x13');
    expect(await console.shows('2 fields need attention.')).toMatch(/>\* E-mail/);
    expect(core.users.find('ada').version).toBe(1);
  });

  test('tells of a name that another has', async () => {
    const { console } = await editAda();
    console.press('\x15BOB\x13');
    await console.shows('! Username belongs to another user.');
  });

  test('goes to the tab of a field with a problem', async () => {
    const { console } = await editAda();
    console.press('\x1b[6~');
    await console.shows('[Advanced]');
    console.press('\x15XX\x1b[5~');
    await console.shows('[General]');
    console.press('\x13');
    expect(await console.shows('[Advanced !]')).toContain('! Type an ISO 3166 code such as US.');
    console.press('\x1a\x1a');
    await console.showsNoMore('ISO 3166');
  });

  test('follows the focus from tab to tab', async () => {
    const { console } = await editAda();
    console.press('\x1b[Z');
    await console.shows('[Advanced]');
    console.press('\t');
    await console.shows('[General]');
  });

  test('undoes and redoes', async () => {
    const { console } = await editAda();
    console.press(`${to.firstName}abc`);
    await console.shows('[Firstabc');
    console.press('\x1a');
    await console.showsNoMore('Firstabc');
    console.press('\x19');
    await console.shows('[Firstabc');
  });

  test('never saves a paste of several lines', async () => {
    const { core, console } = await editAda();
    console.press(`${to.firstName}\x1b[200~ one\r\ntwo\r\n\x1b[201~`);
    await console.shows('[First one two');
    expect(core.users.find('ada').version).toBe(1);
  });

  test('sets a PIN that is typed twice, and generates one that is seen', async () => {
    const { core, console } = await editAda();
    console.press('\t'.repeat(9));
    console.press('739146\t739147\x13');
    await console.shows('! The PINs differ.');
    console.press('\x07');
    const text = await console.shows(/PIN +\[\d{4} /);
    expect(text).toMatch(/PIN again +\[\*{4} /);
    console.press('\x13');
    await console.shows('ada is saved.');
    expect(core.users.find('ada').hasPin).toBe(true);
    await console.shows('A PIN is set; empty keeps it.');
  });

  test('of a field of the directory keeps it from then on, until it is given back', async () => {
    const core = temporaryCore();
    await core.importUsers({
      selection: { scope: 'users', names: ['asmith'] },
      rules: importRulesSchema.parse({}),
    });
    const [user] = core.users.list().users;
    const username = user?.username ?? '';
    const console = await openConsole(core);
    console.press('2e');
    await console.shows('From the directory; once changed here it is kept.');
    console.press(`${to.firstName}X\x13`);
    await console.shows(`${username} is saved.`);
    expect(core.users.find(username).localFields).toEqual(['firstName']);
    console.press('\x1b[6~');
    await console.shows('[Advanced]');
    console.press('\t'.repeat(12));
    await console.shows(/> {2}Keep first name +\[x\] yes/);
    console.press(' \x13');
    await console.shows(`${username} is saved.`);
    expect(core.users.find(username).localFields).toEqual([]);
  });
});

describe('going through the list', () => {
  test('shows the next and the previous user in the same field', async () => {
    const { console } = await editAda();
    console.press(`${to.firstName}\x0e`);
    expect(await console.shows('Users > bob')).toMatch(/> {2}First name/);
    await console.shows('2 of 3');
    console.press('\x0e\x0e');
    await console.shows('! This is the last user.');
    console.press('\x10\x10\x10');
    expect(await console.shows('! This is the first user.')).toContain('Users > ada');
  });

  test('goes through the marked users only', async () => {
    const { console } = await editAda();
    console.press('\x1b\x1b j k');
    await console.shows('2 marked');
    console.press('ge\x0e');
    expect(await console.shows('Users > carla')).toContain('2 of 2 marked');
  });

  test('asks about changes first', async () => {
    const { core, console } = await editAda();
    console.press(`${to.firstName}X\x0e`);
    await console.shows('ada has changes that are not saved.');
    console.press('\r');
    await console.shows('Users > bob');
    expect(core.users.find('ada').firstName).toBe('FirstX');
    console.press('Y\x10');
    await console.shows('bob has changes that are not saved.');
    console.press('\x1b[C\r');
    await console.shows('Users > ada');
    expect(core.users.find('bob').firstName).toBe('First');
  });
});

describe('when somebody else was faster', () => {
  async function conflict() {
    const opened = await editAda();
    await opened.other.users.edit('ada', { email: 'ada@new.example', firstName: 'Theirs' });
    opened.console.press(`${to.firstName}\x15Mine\x13`);
    await opened.console.shows('ada was changed by eve@test');
    return opened;
  }

  test('both sides can be compared, and nothing is written by default', async () => {
    const { core, console } = await conflict();
    console.press('\x1b[C\r');
    expect(await console.shows('First name: theirs Theirs, yours Mine')).toContain(
      'E-mail: theirs ada@new.example',
    );
    console.press('\x1b\r');
    await console.showsNoMore('Changed meanwhile');
    expect(core.users.find('ada').firstName).toBe('Theirs');
  });

  test('overwriting keeps what they changed elsewhere', async () => {
    const { core, console } = await conflict();
    console.press('\x1b[C\x1b[C\x1b[C\r');
    await console.shows('ada is saved.');
    expect(core.users.find('ada')).toMatchObject({ firstName: 'Mine', email: 'ada@new.example' });
  });

  test('reloading takes theirs', async () => {
    const { core, console } = await conflict();
    console.press('\x1b[C\x1b[C\r');
    expect(await console.shows('Loaded again; your changes are gone.')).toMatch(/First name +\[Theirs/);
    expect(core.users.find('ada').firstName).toBe('Theirs');
  });

  test('a user who was removed cannot be saved', async () => {
    const { other, console } = await editAda();
    await other.users.remove(['ada']);
    console.press(`${to.firstName}X\x13`);
    await console.shows('There is no user "ada".');
  });
});

test('a new user is added with what the company settings give, and can be edited on', async () => {
  const core = temporaryCore();
  core.companySettings.save({
    ...core.companySettings.load(),
    defaultMethod: 'textMessage',
    defaultMode: 'oneWayOtp',
  });
  const console = await openConsole(core);
  console.press('2a');
  expect(await console.shows('Users > New user')).toMatch(/Method +< Text message, One-way OTP >/);
  console.press('\x13');
  await console.shows('! Nothing was changed.');
  console.press('\tAda\x13');
  await console.shows('! Username is needed.');
  console.press('ada\x13');
  expect(await console.shows('ada is added.')).toContain('Users > ada');
  expect(core.users.find('ada')).toMatchObject({ firstName: 'Ada', method: 'textMessage', source: 'manual' });
  console.press('\x1b\x1b');
  await console.shows(/> {4}ada/);
});
