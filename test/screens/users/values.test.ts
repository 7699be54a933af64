import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companySettingsSchema } from '../../../src/core/settings/company-settings.ts';
import { methods, modesOf } from '../../../src/core/users/method.ts';
import { directoryFields, type User } from '../../../src/core/users/user.ts';
import type { UserPatch } from '../../../src/core/users/user-input.ts';
import { compareLines } from '../../../src/screens/users/edit/compare-lines.ts';
import { localToggle } from '../../../src/screens/users/edit/fields.ts';
import { patchOf, valuesOf } from '../../../src/screens/users/edit/values.ts';
import { chosenMethod, methodChoice } from '../../../src/screens/users/method-choice.ts';
import type { FormValues } from '../../../src/screens/widgets/form/field.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const settings = companySettingsSchema.parse({});

async function ada(changes: Partial<User> = {}): Promise<User> {
  const core = temporaryCore();
  await core.users.add({ username: 'ada', firstName: 'Ada', phone: '+14255550123', method: 'mobileApp' });
  return { ...core.users.find('ada'), ...changes };
}

test('a new user begins with the languages of the company', () => {
  const company = { ...settings, languagePhoneCall: 'de', languageOathToken: 'ja' } as const;
  expect(valuesOf(null, company)).toMatchObject({
    languagePhoneCall: 'de',
    languageTextMessage: '',
    languageMobileApp: '',
    languageOathToken: 'ja',
  });
});

describe('what was changed in the fields of a user', () => {
  test.each<[string, FormValues, UserPatch]>([
    ['a text', { firstName: 'Augusta' }, { firstName: 'Augusta' }],
    ['a text that was emptied', { firstName: '' }, { firstName: '' }],
    ['a method with its mode', { method: 'oathToken otpPin' }, { method: 'oathToken', mode: 'otpPin' }],
    ['no method any more', { method: '' }, { method: null, mode: null }],
    ['a yes', { pinMustChange: true }, { pinMustChange: true }],
    ['an override', { mayChangePin: 'no' }, { mayChangePin: false }],
    ['a language', { languageMobileApp: 'de' }, { languageMobileApp: 'de' }],
    ['a phone of the country above it', { phone: '(425) 555-0199' }, { phone: '+14255550199' }],
    [
      'a phone of another country with an extension',
      { country: 'gb', phone: '020 7946 0958 x7' },
      { phone: '+442079460958', extension: '7' },
    ],
    [
      'a phone whose extension is typed in its own field',
      { phone: '4255550199x7', extension: '8' },
      { phone: '+14255550199', extension: '8' },
    ],
    [
      'a backup phone of its own country',
      { backupCountry: 'DE', backupPhone: '030 901820' },
      {
        backupPhone: '+4930901820',
      },
    ],
    ['a phone that cannot be read, for the core to say why', { phone: '12' }, { phone: '12' }],
    ['a country alone, which changes nothing', { country: 'DE' }, {}],
  ])('is %s', async (_, changes, patch) => {
    const user = await ada();
    const initial = valuesOf(user, settings);
    expect(patchOf({ ...initial, ...changes }, initial, user)).toEqual(patch);
  });

  test('is nothing when nothing was', async () => {
    const user = await ada();
    expect(patchOf(valuesOf(user, settings), valuesOf(user, settings), user)).toEqual({});
  });

  test('names the fields to keep only when somebody decided about them', async () => {
    const user = await ada({ directoryId: 'x', localFields: ['email'] });
    const initial = valuesOf(user, settings);
    expect(patchOf({ ...initial, firstName: 'X' }, initial, user)).not.toHaveProperty('localFields');
    const decided = { ...initial, firstName: 'X', [localToggle('email')]: false };
    expect(patchOf(decided, initial, user).localFields).toEqual(['firstName']);
    const more = { ...initial, firstName: 'X', [localToggle('phone')]: true };
    expect(patchOf(more, initial, user).localFields).toEqual(['firstName', 'email', 'phone']);
  });

  test('keeps every field that somebody chose to keep', async () => {
    const user = await ada({ directoryId: 'x' });
    const initial = valuesOf(user, settings);
    const toggles = fc.record(
      Object.fromEntries(directoryFields.map((field) => [localToggle(field), fc.boolean()])),
    );
    fc.assert(
      fc.property(toggles, (chosen) => {
        const { localFields = [] } = patchOf({ ...initial, ...chosen, firstName: 'X' }, initial, user);
        const kept = directoryFields.filter((field) => chosen[localToggle(field)] === true);
        for (const field of kept) expect(localFields).toContain(field);
      }),
    );
  });
});

test('a new user has what the company settings give', () => {
  const given = { ...settings, defaultMethod: 'oathToken' as const, defaultMode: 'otp' as const };
  expect(valuesOf(null, given)).toMatchObject({
    username: '',
    enabled: true,
    country: 'US',
    method: 'oathToken otp',
  });
});

test('method and mode are one choice, there and back', () => {
  for (const method of methods) {
    for (const mode of modesOf[method]) {
      expect(chosenMethod(methodChoice(method, mode))).toEqual({ method, mode });
    }
  }
  expect(chosenMethod(methodChoice(null, null))).toBeNull();
  expect(chosenMethod('phoneCall otp')).toBeNull();
});

test('a conflict names the fields that either side changed, and what stands where only you did', async () => {
  const loaded = await ada();
  const stored = { ...loaded, firstName: 'Augusta', enabled: false };
  const patch: UserPatch = { firstName: 'Ada B.', lastName: 'King', method: 'oathToken' };
  expect(compareLines(loaded, stored, patch)).toEqual([
    'First name: theirs Augusta, yours Ada B.',
    'Last name: stored -, yours King',
    'Method: stored Mobile app, yours OATH token',
    'Enabled: theirs no',
  ]);
});
