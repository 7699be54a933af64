import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  addRuleOptions,
  addSelectionOptions,
  parseRules,
  parseSelection,
  requireNothingElse,
} from '../../src/commands/import-options.ts';
import { importRulesSchema } from '../../src/core/import/import-rules.ts';

const dn = 'OU=Sales,DC=corp,DC=contoso,DC=test';

describe('whom to import', () => {
  test.each([
    [['--container', dn], { scope: 'container', dn, includeSubtree: true }],
    [['--container', dn, '--one-level'], { scope: 'container', dn, includeSubtree: false }],
    [['--group', dn], { scope: 'group', dn, isRecursive: false }],
    [['--group', dn, '--recursive'], { scope: 'group', dn, isRecursive: true }],
    [['--user', 'a', 'b'], { scope: 'users', names: ['a', 'b'] }],
    [['--filter', '(cn=*)'], { scope: 'filter', filter: '(cn=*)' }],
    [
      ['--container', dn, '--filter', '(cn=*)'],
      { scope: 'container', dn, includeSubtree: true, userFilter: '(cn=*)' },
    ],
  ])('%j', (args, expected) => {
    expect(parseSelection(options(args))).toEqual(expected);
  });

  test.each([
    [[], 'Say whom to import'],
    [['--user', 'a', '--container', dn], 'Name one of'],
    [['--one-level', '--filter', '(cn=*)'], '--one-level goes with --container'],
    [['--recursive', '--user', 'a'], '--recursive goes with --group'],
  ])('not %j', (args, words) => {
    expect(() => parseSelection(options(args))).toThrowError(usage(words));
  });
});

describe('what to do with them', () => {
  test.each([
    [[], {}],
    [['--no-add', '--update', '--take-over'], { addNew: false, updateExisting: true, takeOver: true }],
    [['--phone', 'ipPhone', '--backup', 'none'], { phone: 'ipPhone', backupPhone: 'none' }],
    [['--enable', 'new-and-updated-with-phone'], { enable: 'newAndUpdatedWithPhone' }],
    [['--enable', 'newWithPhone'], { enable: 'newWithPhone' }],
    [['--enable', 'always'], { enable: 'always' }],
    [
      ['--method', 'oathToken', '--mode', 'otpPin', '--keep-method'],
      { method: 'oathToken', mode: 'otpPin', methodPolicy: 'keepInStep' },
    ],
    [
      ['--language', 'nl', '--keep-language'],
      {
        languagePhoneCall: 'nl',
        languageTextMessage: 'nl',
        languageMobileApp: 'nl',
        languageOathToken: 'nl',
        languagePolicy: 'keepInStep',
      },
    ],
  ])('%j', (args, expected) => {
    expect(parseRules(options(args))).toEqual({ ...importRulesSchema.parse({}), ...expected });
  });

  test.each([
    [['--mode', 'pin'], '--mode goes with --method'],
    [['--method', 'oathToken', '--mode', 'pin'], 'has the modes otp, otpPin'],
  ])('not %j', (args, words) => {
    expect(() => parseRules(options(args))).toThrowError(usage(words));
  });
});

test.each([
  ['--method', 'pigeon', 'phoneCall, textMessage, mobileApp, oathToken'],
  ['--mode', 'loud', 'standard, pin, oneWayOtp, oneWayOtpPin, twoWayOtp, twoWayOtpPin, otp, otpPin'],
  ['--phone', 'telex', 'mobile, business, home, pager, fax, ipPhone, custom, none'],
  ['--backup', 'telex', 'mobile, business, home, pager, fax, ipPhone, custom, none'],
  ['--enable', 'sometimes', 'always, never, newWithPhone, newAndUpdatedWithPhone'],
  ['--language', 'xx', 'en, de, es, fr, it, nl, pt, ja'],
])('%s does not take %s, and says what it takes', (option, value, choices) => {
  expect(() => options([option, value])).toThrowError(`Allowed choices are ${choices}.`);
});

test.each([
  ['--container', dn],
  ['--user', 'a'],
  ['--filter', '(cn=*)'],
  ['--no-add'],
  ['--update'],
  ['--phone', 'none'],
  ['--keep-language'],
])('a run that is continued takes no %s', (...args) => {
  expect(() => requireNothingElse(options(args))).toThrowError(usage('leave out whom to import and how'));
  requireNothingElse(options([]));
});

function options(args: readonly string[]): Record<string, never> {
  const command = addRuleOptions(addSelectionOptions(new Command()))
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  return command.parse(args, { from: 'user' }).opts();
}

function usage(words: string) {
  return expect.objectContaining({ code: 'usage.invalid', message: expect.stringContaining(words) });
}
