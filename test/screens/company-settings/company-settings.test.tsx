import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { changeSettings } from '../../../src/core/settings/change-settings.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { toField } from '../helpers/form-keys.ts';
import { themes } from '../helpers/render-frame.tsx';

const down = '\x1b[B';
const right = '\x1b[C';
const save = '\x13';
const undo = '\x1a';

async function openSection({
  core = temporaryCore(),
  ...options
}: ConsoleOptions & { core?: TemporaryCore } = {}) {
  const console = await openConsole(core, options);
  console.shell.context.goTo('company-settings');
  await console.shows('[General]');
  return { core, console };
}

const set = (core: TemporaryCore, settings: Record<string, string>) =>
  changeSettings(core, new Map(Object.entries(settings)));

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the company settings at %s', (_, columns, rows, theme) => {
  test('show the settings of each group on a tab of its own', async () => {
    const { console } = await openSection({ columns, rows, theme });
    const tabs: [string, string[]][] = [
      ['[General]', ['Company name', 'When the user is disabled']],
      ['[PIN and lockout]', ['Minimum length', 'Minutes to unlock']],
      ['[Bypass and block]', ['One-time bypass', 'Block expiry']],
      ['[Languages]', ['Phone call language', 'OATH token language']],
      ['[Usernames]', ['Username resolution']],
    ];
    for (const [tab, labels] of tabs) {
      const screen = await console.shows(tab);
      for (const label of labels) expect(screen).toContain(label);
      expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      if (theme === themes.ascii) expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
      console.press(']');
    }
  });

  test('say of a setting what it does, what it counts in and its default', async () => {
    const { console } = await openSection({ columns, rows, theme });
    console.press(']');
    const screen = (await console.shows('[PIN and lockout]')).replace(/\s+/g, ' ');
    expect(screen).toMatch(/\] digits \|? ?.*How many digits a PIN must have\. Default: 4 digits\./);
  });
});

describe('the company settings', () => {
  test('are gone through from the first field to the last, tab by tab', async () => {
    const { console } = await openSection();
    console.press('\r');
    await toField(console, 'Minimum length');
    await console.shows('[PIN and lockout]');
    console.press('\x1b[A');
    expect(await console.shows('[General]')).toMatch(/> +Keep audit events/);
  });

  test('are saved together, with one audit event', async () => {
    const { core, console } = await openSection();
    console.press(`\rContoso\x1b]\r\x15${6}`);
    const changed = await console.shows(/>\* Minimum length +\[6 /);
    expect(changed).toContain('[PIN and lockout]');
    console.press(save);
    expect(await console.shows('The company settings are saved.')).not.toMatch(/^>?\* /m);
    expect(core.companySettings.load()).toMatchObject({ companyName: 'Contoso', pinMinimumLength: 6 });
    const fields = { companyName: ['', 'Contoso'], pinMinimumLength: [4, 6] };
    expect(listAudit(core.store, {}, 9)).toMatchObject([{ action: 'settings.changed', details: { fields } }]);
  });

  test('say at the field, on whatever tab, what is wrong', async () => {
    const { core, console } = await openSection();
    await toField(console, 'Default country');
    console.press(`\r\x15de\x1b]]${save}`);
    const screen = await console.shows('[General !]');
    expect(screen.replace(/\s+/g, ' ')).toContain(
      '! Default country must be an ISO 3166 country code of two capital letters',
    );
    expect(core.companySettings.loadVersioned().version).toBe(0);
  });

  test('of a number say which are possible, and may be none where that means something', async () => {
    const { core, console } = await openSection();
    console.press(`]\r\x1599${down}`);
    await console.shows('Type a whole number from 4 to 20.');
    console.press(undo);
    await console.showsNoMore('Type a whole number');
    await toField(console, 'Failures before lockout');
    console.press(`\x15${save}`);
    await console.shows('are saved');
    expect(core.companySettings.load()).toMatchObject({ lockoutFailures: null, pinMinimumLength: 4 });
  });

  test('offer the modes that the chosen method has', async () => {
    const { core, console } = await openSection();
    await toField(console, 'Default method');
    console.press(`\r${right.repeat(4)}`);
    await console.shows('< OATH token >');
    console.press(`${down}${right}`);
    await console.shows('< OTP >');
    console.press(right);
    await console.shows('< OTP + PIN >');
    console.press(right);
    await console.shows(/Default mode +< none >/);
    console.press(`${right}${save}`);
    await console.shows('are saved');
    expect(core.companySettings.load()).toMatchObject({ defaultMethod: 'oathToken', defaultMode: 'otp' });
  });

  test('that do not go together say so at the field', async () => {
    const { core, console } = await openSection();
    console.press(`]]\r\x157200${save}`);
    await console.shows(/One-time bypass is more than the longest of 3600\s+seconds\./);
    expect(core.companySettings.load().bypassSeconds).toBe(300);
  });

  test('get their defaults back, one or a page at a time, when that is saved', async () => {
    const core = temporaryCore();
    set(core, { companyName: 'Contoso', defaultCountry: 'DE', pinHistory: '3' });
    const { console } = await openSection({ core });
    console.press('\x04');
    await console.shows(/\* Company name/);
    await console.shows('Ctrl+S saves it, Ctrl+Z takes it back.');
    console.press(undo);
    await console.shows('[Contoso ');
    console.press(':defaults\r');
    await console.shows(/\* Default country +\[US /);
    console.press(save);
    await console.shows('are saved');
    expect(core.companySettings.load()).toMatchObject({
      companyName: '',
      defaultCountry: 'US',
      pinHistory: 3,
    });
  });

  test('that somebody else has changed meanwhile can be compared and taken', async () => {
    const { core, console } = await openSection();
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    set(other, { defaultCountry: 'DE' });
    console.press(`\rMine${save}`);
    await console.shows('The company settings were changed by other@test');
    console.press(`${right}\r`);
    const lines = await console.shows('Company name: stored -, yours Mine');
    expect(lines).toContain('Default country: theirs DE');
    console.press('\r');
    await console.shows('Overwrite writes your changes');
    console.press(`${right.repeat(2)}\r`);
    expect(await console.shows('Loaded again; your changes are gone.')).toContain('[DE ');
    expect(core.companySettings.load()).toMatchObject({ companyName: '', defaultCountry: 'DE' });
  });

  test('that somebody else has changed meanwhile are written over only where they were changed here', async () => {
    const { core, console } = await openSection();
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    set(other, { defaultCountry: 'DE', companyName: 'Theirs' });
    console.press(`\rMine${save}`);
    await console.shows('The company settings were changed by other@test');
    console.press(`${right.repeat(3)}\r`);
    await console.shows('are saved');
    expect(core.companySettings.load()).toMatchObject({ companyName: 'Mine', defaultCountry: 'DE' });
  });

  test('are not left with changes before that was decided', async () => {
    const { core, console } = await openSection();
    console.press('\rContoso\x1b1');
    await console.shows('The company settings have changes that are not saved.');
    console.press('\r');
    await console.shows('Data directory');
    expect(core.companySettings.load().companyName).toBe('Contoso');
  });

  test('can only be looked at in a console that may not change anything', async () => {
    const { core, console } = await openSection({ isReadOnly: true });
    console.press('\ra\x04');
    await console.shows('This console was started with --read-only.');
    console.press('i');
    await console.shows('This console was started with --read-only.');
    expect(core.companySettings.loadVersioned().version).toBe(0);
  });
});

describe('a file of company settings', () => {
  test('is written with every setting under what it does', async () => {
    const { core, console } = await openSection();
    const file = join(core.folder, 'settings.yaml');
    console.press('x');
    await console.shows('─ Export company settings');
    console.press(`${file}${save}`);
    await console.shows('Exported to');
    expect(readFileSync(file, 'utf8')).toContain('# Minimum length: How many digits a PIN must have.');
  });

  test('is imported after a look at what it would change', async () => {
    const { core, console } = await openSection();
    const file = join(core.folder, 'settings.yaml');
    writeFileSync(file, 'pinMinimumLength: 8\ndefaultMethod: mobileApp\ncompanyName: ""\n');
    console.press('i');
    await console.shows('─ Import company settings');
    console.press(`${file}${save}`);
    const shown = await console.shows('Company Settings > Import');
    expect(shown).toMatch(/Would change +2 settings/);
    expect(shown).toMatch(/Minimum length +4 digits -> 8 digits/);
    expect(shown).toMatch(/Default method +none -> Mobile app/);
    expect(core.companySettings.loadVersioned().version).toBe(0);
    console.press('i');
    const after = await console.shows('2 settings changed.');
    expect(after).toContain('< Mobile app >');
    expect(core.companySettings.load().pinMinimumLength).toBe(8);
  });

  test('that says nothing new changes nothing', async () => {
    const { core, console } = await openSection();
    const file = join(core.folder, 'settings.yaml');
    writeFileSync(file, 'pinMinimumLength: 4\n');
    console.press('i');
    await console.shows('─ Import company settings');
    console.press(`${file}${save}`);
    await console.shows('Everything already has the values of');
  });

  test('with a setting that there is not is refused as a whole', async () => {
    const { core, console } = await openSection();
    const file = join(core.folder, 'settings.yaml');
    writeFileSync(file, 'pinMinimumLength: 8\npinMinLength: 8\n');
    console.press('i');
    await console.shows('─ Import company settings');
    console.press(`${file}${save}`);
    await console.shows('There is no setting "pinMinLength".');
    expect(core.companySettings.loadVersioned().version).toBe(0);
  });

  test('is compared anew when somebody else was faster', async () => {
    const { core, console } = await openSection();
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    const file = join(core.folder, 'settings.yaml');
    writeFileSync(file, 'pinMinimumLength: 8\n');
    console.press('i');
    await console.shows('─ Import company settings');
    console.press(`${file}${save}`);
    await console.shows('4 digits -> 8 digits');
    set(other, { pinMinimumLength: '5' });
    console.press('i');
    await console.shows('Somebody else has changed these settings in the meantime.');
    console.press('\r\r');
    await console.shows('5 digits -> 8 digits');
    expect(core.companySettings.load().pinMinimumLength).toBe(5);
    console.press('i');
    await console.shows('1 setting changed.');
    expect(core.companySettings.load().pinMinimumLength).toBe(8);
  });
});
