import { describe, expect, it } from 'vitest';
import {
  decideWhenDisabled,
  decideWhenUnreachable,
  isPinExpired,
  lockedOutUntil,
  rightsOf,
} from '../../../src/core/settings/authentication-rules.ts';

const now = new Date('2026-03-02T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

it.each([
  ['fail', true, 'fail'],
  ['succeed', false, 'succeed'],
  ['oathToken', true, 'oathToken'],
  ['oathToken', false, 'fail'],
] as const)('an unreachable sender with %s and a token %s means %s', (setting, hasToken, decision) => {
  expect(decideWhenUnreachable({ whenSenderUnreachable: setting }, hasToken)).toBe(decision);
});

it.each(['fail', 'succeed'] as const)('a disabled user is decided by %s', (whenUserDisabled) => {
  expect(decideWhenDisabled({ whenUserDisabled })).toBe(whenUserDisabled);
});

it.each([
  [90, 90, true],
  [90, 89, false],
  [null, 5000, false],
])('a PIN that may stay %s days is expired after %s days: %s', (pinExpiryDays, days, expired) => {
  expect(isPinExpired({ pinExpiryDays }, minutesAgo(days * 1440), now)).toBe(expired);
});

it.each([
  [null, true, true],
  [null, false, false],
  [true, false, true],
  [false, true, false],
])('a user of whom %s was said, in a company that says %s, may change their own: %s', (own, company, may) => {
  const rights = rightsOf(
    { mayChangePhone: own, mayChangePin: own },
    { userMayChangePhone: company, userMayChangePin: company },
  );
  expect(rights).toEqual({ mayChangePhone: may, mayChangePin: may });
});

it('no PIN cannot expire', () => {
  expect(isPinExpired({ pinExpiryDays: 1 }, null, now)).toBe(false);
});

describe('a lockout', () => {
  const rules = { lockoutFailures: 3, lockoutResetMinutes: 30, lockoutUnlockMinutes: 15 };

  it.each([
    ['as many failures as are allowed', rules, [20, 10, 0], '2026-03-02T10:15:00.000Z'],
    ['fewer', rules, [10, 0], null],
    ['one that is too old to count', rules, [30, 10, 0], null],
    [
      'a longer time to reset',
      { ...rules, lockoutResetMinutes: 31 },
      [30, 10, 0],
      '2026-03-02T10:15:00.000Z',
    ],
    [
      'a longer time to unlock',
      { ...rules, lockoutUnlockMinutes: 60 },
      [2, 1, 0],
      '2026-03-02T11:00:00.000Z',
    ],
    ['lockout turned off', { ...rules, lockoutFailures: null }, [3, 2, 1, 0], null],
  ])('comes after %s', (_, given, failures, until) => {
    expect(lockedOutUntil(given, failures.map(minutesAgo), now)?.toISOString() ?? null).toBe(until);
  });
});
