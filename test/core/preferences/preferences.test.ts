import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parsePreferences, preferenceText } from '../../../src/core/preferences/parse-preferences.ts';
import { preferenceKeys, usualPreferences } from '../../../src/core/preferences/preferences.ts';
import { locatePreferences, readPreferences } from '../../../src/core/preferences/preferences-file.ts';
import { writePreferences } from '../../../src/core/preferences/write-preferences.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

function fileWith(content?: string): string {
  const file = join(temporaryFolder(), 'of', 'preferences.json');
  if (content !== undefined) {
    mkdirSync(join(file, '..'));
    writeFileSync(file, content);
  }
  return file;
}

describe('a file of preferences', () => {
  test('that is not there means what is usual', () => {
    expect(readPreferences(fileWith())).toEqual({
      preferences: usualPreferences,
      lastSection: null,
      problem: null,
      isBroken: false,
    });
  });

  test.each(['', '{', '[]', '"theme"', '\0\0', 'null'])(
    'that holds %j is ignored with a sentence',
    (content) => {
      const { preferences, problem } = readPreferences(fileWith(content));
      expect(preferences).toEqual(usualPreferences);
      expect(problem).toMatch(/^Your preferences were ignored: .* does not hold any\.$/);
    },
  );

  test('that is a folder is ignored with a sentence', () => {
    expect(readPreferences(temporaryFolder()).problem).toMatch(/cannot be read/);
  });

  test('counts where it can be understood, preference by preference', () => {
    const content = {
      theme: 'none',
      rail: 'sideways',
      idleMinutes: -1,
      usersColumns: ['name'],
      ofTomorrow: 1,
    };
    const { preferences, problem, isBroken } = readPreferences(fileWith(JSON.stringify(content)));
    expect(preferences).toEqual({ ...usualPreferences, theme: 'none', usersColumns: ['name'] });
    expect(problem).toMatch(/^Ignored in your preferences: rail, idleMinutes\. See /);
    expect(isBroken).toBe(false);
  });

  test('is written for its owner alone, and keeps what it has besides', async () => {
    const file = fileWith('{"ofTomorrow":1,"theme":"none"}');
    await writePreferences(file, { rail: 'hidden' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ofTomorrow: 1, theme: 'none', rail: 'hidden' });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('is made with its folder', async () => {
    const file = fileWith();
    await writePreferences(file, { usersColumns: ['state', 'username'] });
    expect(readPreferences(file).preferences.usersColumns).toEqual(['state', 'username']);
  });

  test('is kept aside when it is broken and another one is written', async () => {
    const file = fileWith('{ broken');
    await writePreferences(file, { theme: 'none' });
    expect(readPreferences(file)).toMatchObject({ preferences: { theme: 'none' }, problem: null });
    expect(readFileSync(`${file}.broken`, 'utf8')).toBe('{ broken');
  });

  test('that cannot be written is named', async () => {
    const file = join(fileWith('a file'), 'preferences.json');
    await expect(writePreferences(file, { theme: 'none' })).rejects.toMatchObject({
      code: 'file.unwritable',
    });
  });

  test('is where the environment says', () => {
    expect(locatePreferences({ MFA_CONSOLE_PREFERENCES: '/x/y.json' })).toBe('/x/y.json');
    if (process.platform !== 'linux') return;
    expect(locatePreferences({ XDG_CONFIG_HOME: '/x' })).toBe('/x/mfa-console/preferences.json');
  });
});

describe('preferences as text', () => {
  test('are read as they are written', () => {
    const texts = preferenceKeys.map((key) => [key, preferenceText(usualPreferences[key])] as const);
    expect(parsePreferences(new Map(texts))).toEqual(usualPreferences);
  });

  test.each([
    ['theme', 'pink', 'must be standard, high-contrast, none'],
    ['idleMinutes', '1.5', 'must be a whole number of minutes'],
    ['idleMinutes', '1441', 'must be 1440 or less'],
    ['usersSort', '--name', 'must be one of username'],
    ['usersColumns', 'name,shoe', 'must be one of username'],
    ['startSection', 'Users and more', 'must be the name of a section'],
  ])('say of %s=%s that it %s', (key, text, problem) => {
    expect(() => parsePreferences(new Map([[key, text]]))).toThrow(`${key} ${problem}`);
  });

  test('go back to what is usual when they are empty', () => {
    expect(parsePreferences(new Map([['theme', '']]))).toEqual({ theme: 'standard' });
  });

  test('name the nearest one when there is none of that name', () => {
    expect(() => parsePreferences(new Map([['thme', 'none']]))).toThrow(
      expect.objectContaining({ code: 'preferences.unknown', advice: 'Did you mean theme?' }),
    );
  });
});
