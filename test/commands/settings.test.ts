import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { importSettings } from '../../src/core/settings/change-settings.ts';
import { companySettingsSchema } from '../../src/core/settings/company-settings.ts';
import { settingTexts } from '../../src/core/settings/setting-text.ts';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryCore } from '../helpers/temporary-core.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

let folder = '';
let file = '';
const settings = (...args: string[]) => runCommand(join(folder, 'data'), ['settings', ...args]);

beforeEach(async () => {
  folder = temporaryFolder();
  file = join(folder, 'settings.yaml');
  await runCommand(join(folder, 'data'), ['init']);
});

describe('a file of settings', () => {
  test('holds each one under what it does, and brings them back', async () => {
    await settings('set', 'companyName=yes: "we" #1', 'defaultMethod=oathToken', 'lockoutFailures=none');
    expect(await settings('export', file)).toMatchObject({ exitCode: 0 });
    const text = readFileSync(file, 'utf8');
    for (const [key, field] of Object.entries(companySettingsSchema.shape)) {
      expect(text).toContain(`: ${settingTexts.get(field)?.help}`);
      expect(text).toMatch(new RegExp(`^${key}: `, 'm'));
    }
    const before = (await settings('get', '--json')).json as { settings: object };
    await settings('set', 'companyName=', 'defaultMethod=none', 'lockoutFailures=3');
    expect(await settings('import', file, '--yes')).toMatchObject({ exitCode: 0 });
    expect((await settings('get', '--json')).json).toMatchObject({ settings: before.settings });
  });

  test('shows what it would change and is applied only when that is confirmed', async () => {
    writeFileSync(file, 'pinMinimumLength: 6\n');
    const shown = await settings('import', file, '--dry-run');
    expect(shown).toMatchObject({ exitCode: 0, stdout: 'Would change:\npinMinimumLength: 4 -> 6\n' });
    expect(await settings('import', file, '--json')).toMatchObject({
      json: { error: { code: 'confirmation.required' } },
    });
    expect(await settings('get', 'pinMinimumLength')).toMatchObject({
      stdout: expect.stringMatching(/^Value +4$/m),
    });
  });

  test.each([
    ['pinMinimumLength: 6\npinMinLength: 6\n', 'settings.unknown'],
    ['pinMinimumLength: 6\npinHistory: "5"\n', 'settings.invalid'],
    ['companyName: null\n', 'settings.invalid'],
    ['just a text\n', 'settings.invalid'],
    ['a: [\n', 'settings.invalid'],
  ])('%j changes nothing: %s', async (text, code) => {
    writeFileSync(file, text);
    expect(await settings('import', file, '--yes', '--json')).toMatchObject({ json: { error: { code } } });
    expect(await settings('get', 'pinMinimumLength')).toMatchObject({
      stdout: expect.stringMatching(/^Value +4$/m),
    });
  });
});

describe('mfa-console settings', () => {
  test('get tells what a setting is called, what it does, and its default', async () => {
    await settings('set', 'pinMinimumLength=6');
    const all = await settings('get');
    expect(all.stdout).toMatch(/^PIN and lockout$/m);
    expect(all.stdout).toMatch(/^ {2}pinMinimumLength +6 {2}\(Minimum length; default 4\)$/m);
    const { stdout } = await settings('get', 'pinMinimumLength');
    for (const fact of [/^Title +Minimum length$/m, /^Value +6$/m, /^Default +4$/m, /^Unit +digits$/m]) {
      expect(stdout).toMatch(fact);
    }
    expect(stdout).toContain('How many digits a PIN must have.');
  });

  test('set does not write over what somebody else has changed since it was read', async () => {
    const { json } = await settings('get', '--json');
    const version = String((json as { version: number }).version);
    expect(await settings('set', 'pinHistory=7', '--if-version', version)).toMatchObject({ exitCode: 0 });
    const late = await settings('set', 'pinHistory=3', '--if-version', version, '--json');
    expect(late).toMatchObject({ exitCode: 5, json: { error: { code: 'settings.changed' } } });
    expect((await settings('get', '--json')).json).toMatchObject({ settings: { pinHistory: 7 } });
  });

  test('import names the secrets that are missing', async () => {
    writeFileSync(file, 'email:\n  user: mfa\n');
    const imported = await settings('import', file, '--yes');
    expect(imported).toMatchObject({
      exitCode: 0,
      stdout: 'Would change:\nemail.user: none -> mfa\nChanged.\n',
    });
    expect(imported.stderr).toContain('The secret email.password is not stored here.');
  });
});

test('changes that were shown are not written over those of somebody else', () => {
  const core = temporaryCore();
  const expected = importSettings(core, { pinHistory: 3 }, { dryRun: true });
  importSettings(core, { pinHistory: 7 });
  expect(() => importSettings(core, { pinHistory: 3 }, { expected })).toThrowError(
    expect.objectContaining({ code: 'settings.changed' }),
  );
  expect(core.companySettings.load().pinHistory).toBe(7);
});
