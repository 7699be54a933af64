import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { usualPreferences } from '../../../src/core/preferences/preferences.ts';
import { asciiWish, startWish } from '../../../src/screens/preferences/effects.ts';
import { openPreferences } from '../../../src/screens/preferences/preferences-store.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { openConsole } from '../helpers/console.tsx';

function fileWith(preferences: object): string {
  const file = join(temporaryFolder(), 'preferences.json');
  writeFileSync(file, JSON.stringify(preferences));
  return file;
}

describe('preferences', () => {
  test('are found in the palette, checked, saved, and count at once', async () => {
    const preferencesFile = fileWith({});
    const console = await openConsole(temporaryCore(), { preferencesFile });
    console.press(':preferences\r');
    const text = await console.shows('Columns of users');
    expect(text).toMatch(/Colours +.*standard/);
    console.press('\t\t\x1b[D\t\t\x15' + '9999\x13');
    await console.shows('Type a whole number from 0 to 1440.');
    console.press('\x155\x13');
    expect(await console.shows('Your preferences are saved.')).not.toMatch(/^> 1 Status/m);
    expect(JSON.parse(readFileSync(preferencesFile, 'utf8'))).toEqual({ rail: 'hidden', idleMinutes: 5 });
  });

  test('say what a column may be called', async () => {
    const console = await openConsole(temporaryCore(), { columns: 120, rows: 40 });
    console.press(':preferences\r');
    await console.shows('Columns of users');
    console.press('\x1b[Z\x1b[Z\x1b[Z\x15shoe\x13');
    await console.shows('It must be one of username, name');
  });

  test('decide about columns and order of the list of users', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', firstName: 'Ada' });
    await core.users.add({ username: 'zoe', firstName: 'Zoe' });
    const preferencesFile = fileWith({ usersColumns: ['name', 'username'], usersSort: '-username' });
    const console = await openConsole(core, { preferencesFile });
    console.press('2');
    expect(await console.shows('zoe')).toMatch(/Name +Username[\s\S]*zoe[\s\S]*ada/);
    expect(await console.frame.text()).not.toContain('Method');
  });

  test('note where the console was left only for those who want to begin there', async () => {
    const careless = fileWith({});
    await openPreferences(careless).leave('users');
    expect(JSON.parse(readFileSync(careless, 'utf8'))).toEqual({});
    const file = fileWith({ startSection: 'last' });
    await openPreferences(file).leave('users');
    expect(openPreferences(file).lastSection).toBe('users');
  });
});

const sections = [{ id: 'status' }, { id: 'users' }];

test.each([
  ['users', null, 'users'],
  ['last', 'users', 'users'],
  ['last', null, 'status'],
  ['last', 'of-yesterday', 'status'],
  ['nowhere', 'users', 'status'],
])('who wants to begin with %s, left in %s, begins with %s', (startSection, lastSection, begins) => {
  expect(startWish({ ...usualPreferences, startSection }, lastSection, sections)).toBe(begins);
});

test.each([
  ['auto', undefined, {}, undefined],
  ['yes', undefined, {}, true],
  ['no', undefined, {}, false],
  ['no', true, {}, true],
  ['yes', undefined, { MFA_CONSOLE_ASCII: '0' }, undefined],
] as const)('ascii %s with the option %s and the environment %j is %s', (ascii, option, env, wish) => {
  expect(asciiWish({ ...usualPreferences, ascii }, option, env)).toBe(wish);
});
