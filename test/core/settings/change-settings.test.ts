import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { openCore } from '../../../src/core/core.ts';
import { locateDataDirectory } from '../../../src/core/data-directory.ts';
import { changeSettings } from '../../../src/core/settings/change-settings.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

function open() {
  const core = openCore({ dataDirectory: locateDataDirectory(join(temporaryFolder(), 'data'), {}) });
  onTestFinished(() => core.close());
  const set = (settings: Record<string, string>, dryRun = false) =>
    changeSettings(core, new Map(Object.entries(settings)), { dryRun });
  return { core, set };
}

describe('a setting given as text', () => {
  it.each([
    ['defaultCountry', 'DE', 'DE'],
    ['pinMinimumLength', '6', 6],
    ['keepPhoneInStep', 'no', false],
    ['preventWeakPins', 'FALSE', false],
    ['defaultMethod', 'oathToken', 'oathToken'],
  ] as const)('%s=%s is understood', (key, text, value) => {
    const { core, set } = open();
    const before = core.companySettings.load()[key];
    expect(set({ [key]: text })).toEqual({ [key]: [before, value] });
    expect(core.companySettings.load()[key]).toBe(value);
  });

  it('can be emptied where that means something', () => {
    const { core, set } = open();
    set({ defaultMethod: 'mobileApp', defaultMode: 'pin' });
    set({ defaultMethod: 'none', defaultMode: 'none' });
    expect(core.companySettings.load()).toMatchObject({ defaultMethod: null, defaultMode: null });
    expect(() => set({ defaultCountry: 'none' })).toThrowError(/defaultCountry cannot be "none"/);
  });

  it.each([
    ['defaultCountry', 'usa', /two capital letters/],
    ['pinMinimumLength', '3', /must be 4 or more/],
    ['pinMinimumLength', 'long', /number/],
    ['pinMinimumLength', '', /number/],
    ['defaultMethod', 'pigeon', /oathToken/],
    ['defaultMode', 'pin', /needs a method/],
    ['bypassSeconds', '86400', /more than bypassMaximumSeconds/],
  ])('%s=%j is refused with a reason', (key, text, reason) => {
    const { core, set } = open();
    expect(() => set({ blockDays: '30', [key]: text })).toThrowError(
      expect.objectContaining({ code: 'settings.invalid', message: expect.stringMatching(reason) }),
    );
    expect(core.companySettings.load().blockDays).toBe(90);
  });

  it('refuses a mode that the method does not have', () => {
    const { set } = open();
    expect(() => set({ defaultMethod: 'oathToken', defaultMode: 'pin' })).toThrowError(
      /has the modes otp, otpPin/,
    );
  });

  it('refuses an unknown name and tells the nearest', () => {
    const { set } = open();
    const failure = { code: 'settings.unknown', advice: 'Did you mean pinMinimumLength?' };
    expect(() => set({ pinMinLength: '6' })).toThrowError(expect.objectContaining(failure));
    expect(() => set({ zebra: '6' })).toThrowError(expect.objectContaining({ code: 'settings.unknown' }));
  });
});

describe('a change of settings', () => {
  it('is one audit event with old and new values', () => {
    const { core, set } = open();
    set({ pinMinimumLength: '6', defaultCountry: 'DE' });
    expect(listAudit(core.store, {}, 10)).toMatchObject([
      {
        action: 'settings.changed',
        target: 'company',
        details: { fields: { pinMinimumLength: [4, 6], defaultCountry: ['US', 'DE'] } },
      },
    ]);
  });

  it('that changes nothing, or is simulated, writes nothing', () => {
    const { core, set } = open();
    expect(set({ pinMinimumLength: '4' })).toEqual({});
    expect(set({ pinMinimumLength: '6' }, true)).toEqual({ pinMinimumLength: [4, 6] });
    expect(core.companySettings.load().pinMinimumLength).toBe(4);
    expect(listAudit(core.store, {}, 10)).toEqual([]);
  });
});
