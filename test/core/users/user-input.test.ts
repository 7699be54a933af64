import { describe, expect, it, test } from 'vitest';
import { emptyUserFields, type UserFields } from '../../../src/core/users/user.ts';
import { fieldProblem, patchFields, type UserPatch } from '../../../src/core/users/user-input.ts';

const ada: UserFields = { ...emptyUserFields, username: 'ada', phone: '+14255550123', extension: '7' };

describe('what an administrator may set', () => {
  test.each<[string, UserPatch, Partial<UserFields>]>([
    ['trims texts', { firstName: '  Ada ' }, { firstName: 'Ada' }],
    ['clears a field by blank text', { phone: ' ' }, { phone: null, extension: null }],
    ['clears a field by null', { extension: null }, { extension: null }],
    [
      'takes the extension out of a number',
      { phone: '(425) 555-0199 x890' },
      { phone: '+14255550199', extension: '890' },
    ],
    [
      'keeps the extension of a new number',
      { phone: '425 555 0199' },
      { phone: '+14255550199', extension: '7' },
    ],
    [
      'prefers the extension that is named',
      { phone: '4255550199x8', extension: '9' },
      { phone: '+14255550199', extension: '9' },
    ],
    [
      'reads numbers of another country',
      { backupPhone: '020 7946 0958', country: 'gb' },
      { backupPhone: '+442079460958' },
    ],
    [
      'gives a method its first mode',
      { method: 'textMessage' },
      { method: 'textMessage', mode: 'oneWayOtp' },
    ],
    [
      'takes method and mode',
      { method: 'oathToken', mode: 'otpPin' },
      { method: 'oathToken', mode: 'otpPin' },
    ],
    ['changes nothing that is not named', {}, {}],
  ])('%s', (_, patch, changes) => {
    expect(patchFields(ada, patch, 'US')).toEqual({ ...ada, ...changes });
  });

  it('drops the mode with the method, and keeps a mode that the new method has, too', () => {
    const withPin: UserFields = { ...ada, method: 'phoneCall', mode: 'pin' };
    expect(patchFields(withPin, { method: null }, 'US')).toMatchObject({ method: null, mode: null });
    expect(patchFields(withPin, { method: 'mobileApp' }, 'US').mode).toBe('pin');
    expect(patchFields(withPin, { method: 'textMessage' }, 'US').mode).toBe('oneWayOtp');
  });

  test.each<[object, string, string]>([
    [{ username: '  ' }, 'user.invalid', 'username must not be empty'],
    [{ username: 'a\u0000b' }, 'user.invalid', 'username must not contain control characters'],
    [{ username: '\u001b[31mred' }, 'user.invalid', 'username must not contain control characters'],
    [{ email: 'ada' }, 'user.invalid', 'email must look like name@company.example'],
    [{ email: 'a@b@c' }, 'user.invalid', 'email must look like'],
    [{ email: 'ada @x' }, 'user.invalid', 'email must look like'],
    [{ phone: '123' }, 'phone.invalid', 'The phone number "123"'],
    [{ extension: '12a' }, 'user.invalid', 'extension may have digits'],
    [{ method: 'pigeon' }, 'user.invalid', 'method must be one of phoneCall'],
    [{ method: 'phoneCall', mode: 'otp' }, 'user.invalid', 'The method phoneCall has no mode otp'],
    [{ mode: 'pin' }, 'user.invalid', 'The mode pin needs a method'],
    [{ languagePhoneCall: 'xx' }, 'user.invalid', 'languagePhoneCall must be one of en, de'],
    [{ country: 'ZZ', phone: '1' }, 'user.invalid', 'country must be an ISO 3166 country code'],
    [{ description: 'x'.repeat(20_000) }, 'user.invalid', 'description must have at most'],
    [{ id: 5 }, 'user.invalid', 'id cannot be set'],
  ])('refuses %j', (patch, code, message) => {
    expect(() => patchFields(ada, patch as UserPatch, 'US')).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('does not check again what stays the same, as a directory may have given it', () => {
    const odd: UserFields = { ...ada, email: 'no address', firstName: `\u202e${'x'.repeat(20_000)}` };
    expect(
      patchFields(odd, { email: odd.email, firstName: odd.firstName, lastName: 'S' }, 'US').lastName,
    ).toBe('S');
  });
});

describe('what is wrong with a field', () => {
  test.each<[string, UserPatch, Record<string, string>]>([
    ['an e-mail address', { email: 'nobody' }, { email: 'must look like name@company.example' }],
    ['the backup phone', { backupPhone: '12' }, { backupPhone: expect.stringMatching(/^is /) }],
    [
      'several fields',
      { username: ' ', extension: 'abc' },
      { username: 'must not be empty', extension: expect.stringMatching(/^may have digits/) },
    ],
  ])('is told of %s', (_, patch, fields) => {
    expect(() => patchFields(ada, patch, 'US')).toThrow(expect.objectContaining({ fields }));
  });

  test('is told of one field before anything is stored', () => {
    expect(fieldProblem('username', ' ')).toBe('must not be empty');
    expect(fieldProblem('email', '')).toBeUndefined();
    expect(fieldProblem('email', 'a b@c')).toBe('must look like name@company.example');
  });
});
