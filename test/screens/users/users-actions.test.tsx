import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { stateOf } from '../../../src/core/users/user.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

async function openList(usernames: readonly string[] = ['ada', 'bob', 'carla']) {
  const core = temporaryCore();
  for (const username of usernames) await core.users.add({ username, phone: '+14255550123' });
  const console = await openConsole(core);
  console.press('2');
  await console.shows(usernames[0] ?? '');
  const state = (username: string) => stateOf(core.users.find(username), core.clock().toISOString());
  return { core, console, state };
}

describe('an action', () => {
  test('is for the user under the cursor', async () => {
    const { console, state } = await openList();
    console.press('jD');
    await console.shows('Disable bob?');
    console.press('\x1b[C\r');
    await console.shows('bob is disabled.');
    expect([state('ada'), state('bob')]).toEqual(['enabled', 'disabled']);
    console.press('D');
    await console.shows('! The user is disabled already.');
    console.press('E');
    await console.shows('bob is enabled.');
    expect(state('bob')).toBe('enabled');
  });

  test('is for all marked users, and says the number', async () => {
    const { console, state } = await openList();
    console.press(' j D');
    await console.shows('Disable 2 users?');
    console.press('2\r');
    await console.shows('2 users are disabled.');
    expect([state('ada'), state('bob'), state('carla')]).toEqual(['disabled', 'enabled', 'disabled']);
    console.press('\x01D');
    await console.shows('Disable 3 users?');
    console.press('3\r');
    await console.shows('bob is disabled, 2 already were.');
  });

  test('has a safe default', async () => {
    const { console, state } = await openList();
    console.press('D');
    await console.shows('> Cancel <');
    console.press('\r');
    await console.showsNoMore('Disable ada?');
    expect(state('ada')).toBe('enabled');
  });

  test('meets those who were removed elsewhere', async () => {
    const { core, console } = await openList();
    console.press('\x01');
    await console.shows('3 marked');
    await core.users.remove(['bob']);
    console.press('mD');
    await console.shows('Set the method');
    console.press('\x13');
    await console.shows('Set the method of 3 users?');
    console.press('3\r');
    await console.shows('2 users are set to Phone call, Standard, 1 is gone.');
    expect(core.users.find('ada')).toMatchObject({ method: 'phoneCall', mode: 'standard' });
  });
});

test('blocking needs a reason, and unblocking ends it', async () => {
  const { core, console, state } = await openList();
  console.press('b\x13');
  await console.shows('! Reason is needed.');
  console.press('phone stolen\t\x157\t\r');
  await console.shows('ada is blocked.');
  expect(state('ada')).toBe('blocked');
  const { blockedReason, blockedUntil } = core.users.find('ada');
  expect({ blockedReason, blockedUntil }).toEqual({
    blockedReason: 'phone stolen',
    blockedUntil: '2026-03-09T10:00:00.000Z',
  });
  console.press('B');
  await console.shows('ada is unblocked.');
  console.press('B');
  await console.shows('! The user is neither blocked nor locked out.');
});

test('a one-time bypass lasts as long as was typed, and can be taken back', async () => {
  const { core, console, state } = await openList();
  console.press('oforgot the phone\t\x15999999\x13');
  await console.shows('Type a whole number from 10 to 3600.');
  console.press('\x15600\x13');
  await console.shows('ada is bypassed once.');
  expect(state('ada')).toBe('bypassed');
  expect(core.users.find('ada').bypassUntil).toBe('2026-03-02T10:10:00.000Z');
  console.press('O');
  await console.shows('ada is without a one-time bypass.');
  expect(state('ada')).toBe('enabled');
});

test('the method is chosen with its mode', async () => {
  const { core, console } = await openList();
  console.press('m\x1b[D\x1b[D\t\r');
  await console.shows('ada is set to OATH token, OTP.');
  expect(core.users.find('ada')).toMatchObject({ method: 'oathToken', mode: 'otp' });
});

describe('a PIN', () => {
  test('is typed twice and keeps the rules', async () => {
    const { core, console } = await openList();
    console.press('p4255\t4256\x13');
    expect(await console.shows('may not contain four digits')).toContain('The PINs differ.');
    expect(await console.frame.text()).not.toContain('[4255');
    console.press('\x15739146\t\x15\x13');
    expect(await console.shows('The PINs differ.')).not.toContain('four digits');
    console.press('739146\x13');
    await console.shows('ada is given a PIN.');
    expect(core.users.find('ada')).toMatchObject({ hasPin: true, pinMustChange: true });
  });

  test('is generated for each and shown once', async () => {
    const { core, console } = await openList();
    console.press('\x01p\x13');
    await console.shows('Replace the PINs of 3 users?');
    console.press('3\r');
    const text = await console.shows('3 new PINs');
    const pins = [...text.matchAll(/(\d{4}) {2}(ada|bob|carla)/g)];
    expect(pins.map(([, , username]) => username)).toEqual(['ada', 'bob', 'carla']);
    expect(core.users.find('carla').hasPin).toBe(true);
    console.press('zj\x1b');
    await console.showsNoMore('new PINs');
  });
});

describe('removing', () => {
  test('one user asks once', async () => {
    const { core, console } = await openList();
    console.press('-\r-\x1b[C\r');
    expect(await console.shows('ada is removed.')).toMatch(/> {4}bob/);
    expect(core.users.listIds().total).toBe(2);
  });

  test('several asks for their number, and warns of those who may come back', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'manual' });
    await core.importUsers({
      selection: { scope: 'users', names: ['asmith', 'csmith'] },
      rules: importRulesSchema.parse({}),
    });
    const console = await openConsole(core);
    console.press('2\x01-');
    const total = core.users.listIds().total;
    const text = await console.shows(`Remove ${total} users with all settings?`);
    expect(text).toMatch(new RegExp(`${total - 1} of them came from the directory`));
    console.press('1\r');
    await console.shows(`That is not ${total}.`);
    console.press(`\x15${total}\r`);
    await console.shows(`${total} users are removed.`);
    expect(core.users.listIds().total).toBe(0);
  });
});

describe('an export', () => {
  test('writes the marked, the matching or all users to a private file', async () => {
    const { core, console } = await openList();
    const file = join(core.folder, 'out.csv');
    const usernames = () =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0]);
    console.press(` /c\rx`);
    await console.shows('< the 1 marked >');
    console.press(`\t\t${file}\x13`);
    await console.shows('Exported to');
    expect(usernames()).toEqual(['ada']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    console.press(`x\x1b[C`);
    await console.shows('< the 1 that match >');
    console.press(`\t\t${file}\x13`);
    await console.shows('Replace it?');
    console.press('\x1b[C\r');
    await console.shows('Exported to');
    expect(usernames()).toEqual(['carla']);
  });

  test('that cannot be written says why', async () => {
    const { console } = await openList();
    console.press('x\t\t/nowhere/users.csv\x13');
    expect(await console.shows('cannot be written')).toContain('Name a file in a folder');
  });
});

describe('an import from CSV', () => {
  async function preview(content: string, update = '') {
    const { core, console } = await openList();
    const file = join(core.folder, 'users.csv');
    writeFileSync(file, content);
    console.press(`c${file}\t${update}\x13`);
    await console.shows('preview, nothing is written yet');
    return { core, console };
  }

  test('shows what every line would do before anything is written', async () => {
    const { core, console } = await preview('username,phone,hobby\nada,,x\ndora,4255550199,x\nevil,12,x\n');
    const text = await console.shows('All 3');
    expect(text).toMatch(/added 1 .*skipped 1 .*failed 1 !/);
    expect(text).toMatch(/2 {2}ada +skipped +the user is already there/);
    expect(text).toMatch(/Columns passed over: hobby/);
    expect(core.users.listIds().total).toBe(3);
    console.press('i');
    await console.shows('Add or change 1 user?');
    console.press('\x1b[C\r');
    await console.shows('Imported 1 user.');
    expect(await console.shows('[failed 1 !]')).toMatch(/4 {2}evil +failed/);
    expect(core.users.find('dora').phone).toBe('+14255550199');
    console.press('\x1b');
    await console.shows('dora');
  });

  test('shows old and new values of users who are changed', async () => {
    const { core, console } = await preview('username,firstName\nbob,Robert\n', ' ');
    await console.shows(/bob +updated +First name: - -> Robert/);
    console.press('\r');
    expect(await console.shows('Line 2')).toContain('First name: - -> Robert');
    console.press('\x1bi\x1b[C\r');
    await console.shows('Imported 1 user.');
    expect(core.users.find('bob').firstName).toBe('Robert');
    console.press('i');
    await console.shows('! The file is imported. p reads it again.');
  });

  test('lists lines of one kind, and nothing to do says so', async () => {
    const { console } = await preview('username\nada\nbob\n');
    console.press('i');
    await console.shows('! No line would change anything.');
    console.press(']]]]');
    expect(await console.shows('[skipped 2]')).toContain('ada');
    console.press('[');
    expect(await console.shows('[unchanged 0]')).toContain('Nothing here.');
  });

  test('of a file that is no CSV says why', async () => {
    const { core, console } = await openList();
    const file = join(core.folder, 'users.csv');
    writeFileSync(file, 'name\nada\n');
    console.press('c/nowhere\x13');
    await console.shows('There is no file /nowhere.');
    console.press(`\x15${file}\x13`);
    await console.shows('does not name a column');
  });
});
