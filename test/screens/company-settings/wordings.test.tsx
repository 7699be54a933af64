import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import type { WordingKey } from '../../../src/core/wordings/wording-key.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

const save = '\x13';
const right = '\x1b[C';
const english: WordingKey = { method: 'textMessage', mode: 'oneWayOtp', language: 'en' };

async function openTab({
  core = temporaryCore(),
  ...options
}: ConsoleOptions & { core?: TemporaryCore } = {}) {
  const console = await openConsole(core, options);
  console.shell.context.goTo('company-settings', 'wordings');
  await console.shows('One-way OTP');
  return { core, console };
}

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the wordings at %s', (_, columns, rows, theme) => {
  test('are listed by method, mode and language, and filtered', async () => {
    const { console } = await openTab({ columns, rows, theme });
    const all = await console.shows('48');
    expect(all).toContain('[Wordings]');
    expect(Math.max(...all.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    console.press('/oath german\r');
    expect(await console.shows('2 of 48')).toMatch(/OATH token +OTP \+ PIN +German/);
  });
});

describe('a wording', () => {
  test('is edited with what is read of it, and how it travels', async () => {
    const { core, console } = await openTab();
    console.press('\r');
    await console.shows('Company Settings > Text message');
    console.press(`\x0bCode <$otp$> für <$application_name$>`);
    const shown = await console.shows('Read: Code 482916 für VPN');
    expect(shown).toContain('Sent as 1 message: 19 characters in GSM-7.');
    console.press(save);
    await console.shows('Text message, One-way OTP, English is saved.');
    await console.shows(/English +edited/);
    expect(await core.wordings.text(english)).toBe('Code <$otp$> für <$application_name$>');
    expect(listAudit(core.store, {}, 1)).toMatchObject([{ action: 'wordings.changed' }]);
  });

  test('that could not be sent is not saved, and says why', async () => {
    const { core, console } = await openTab();
    console.press('\r');
    await console.shows('Company Settings > Text message');
    console.press('\x0bHello');
    await console.shows('! The wording does not have the code.');
    console.press(save);
    await console.shows('The text cannot be taken over like this.');
    expect(core.wordings.load().version).toBe(0);
  });

  test('goes back to the built-in one when that is confirmed', async () => {
    const core = temporaryCore();
    await core.wordings.save([[english, 'Code <$otp$>']]);
    const { console } = await openTab({ core });
    console.press('-');
    await console.shows('─ Reset');
    console.press('\r');
    await console.showsNoMore('─ Reset');
    expect(await core.wordings.text(english)).toBe('Code <$otp$>');
    console.press('-');
    await console.shows('─ Reset');
    console.press(`${right}\r`);
    await console.shows('is the built-in one again.');
    expect(core.wordings.load().overrides).toEqual({});
    console.press('-');
    await console.shows('This wording is the built-in one.');
  });

  test('that somebody else has changed is not written over unseen', async () => {
    const { core, console } = await openTab();
    console.press('\r');
    await console.shows('Company Settings > Text message');
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    await other.wordings.save([[english, 'Theirs <$otp$>']]);
    console.press(`\x0bMine <$otp$>${save}`);
    await console.shows('It is now: Theirs <$otp$>');
    console.press('\r');
    await console.showsNoMore('It is now');
    expect(await core.wordings.text(english)).toBe('Theirs <$otp$>');
    console.press(save);
    await console.shows('It is now: Theirs <$otp$>');
    console.press(`${right}\r`);
    await console.shows('is saved.');
    expect(await core.wordings.text(english)).toBe('Mine <$otp$>');
  });

  test('can only be looked at in a console that may not change anything', async () => {
    const { core, console } = await openTab({ isReadOnly: true });
    console.press('-');
    await console.shows('This console was started with --read-only.');
    console.press('\rx');
    await console.shows('Company Settings > Text message');
    console.press(save);
    await console.shows('This console was started with --read-only.');
    expect(core.wordings.load().version).toBe(0);
  });
});
