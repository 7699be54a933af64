import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import type { ImportRules } from '../../../src/core/import/import-rules.ts';
import type { CompanySettings } from '../../../src/core/settings/company-settings.ts';
import type { User } from '../../../src/core/users/user.ts';
import { directoryIdOf, person, staffDn } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const withPhone = { phones: { mobile: '+14255550123' } };

test('a new user is as the directory says, and the log and the audit tell of it', async () => {
  const core = temporaryCore();
  const ada = person('ada', {
    firstName: 'Ada',
    lastName: 'Müller',
    email: 'ada@contoso.test',
    description: 'Sales lead',
    ...withPhone,
  });
  const { run, lines } = await importInto(core, [ada]);
  expect(run).toMatchObject({ state: 'completed', counts: { read: 1, added: 1 }, error: null });
  expect(core.users.find('ada')).toMatchObject({
    firstName: 'Ada',
    lastName: 'Müller',
    email: 'ada@contoso.test',
    description: 'Sales lead',
    phone: '+14255550123',
    enabled: true,
    source: 'import',
    directoryId: directoryIdOf('ada'),
    directoryDn: `CN=ada,${staffDn}`,
    lastSynchronizedAt: '2026-03-02T10:00:00.000Z',
    createdBy: 'admin@test',
    version: 1,
  });
  const fields = {
    firstName: [null, 'Ada'],
    lastName: [null, 'Müller'],
    email: [null, 'ada@contoso.test'],
    description: [null, 'Sales lead'],
    phone: [null, '+14255550123'],
    enabled: [null, true],
  };
  const line = { change: 'added', username: 'ada', directoryId: directoryIdOf('ada'), reason: null, fields };
  expect(lines).toEqual([{ ...line, auditSequence: 1 }]);
  expect(core.runs.changes(run.id)).toEqual([{ ...line, number: 1, auditSequence: 1 }]);
});

test('nobody is added when adding is off', async () => {
  const core = temporaryCore();
  const { run, lines } = await importInto(core, [person('ada')], { rules: { addNew: false } });
  expect(lines).toMatchObject([
    { change: 'skipped', username: 'ada', reason: 'adding new users is off', fields: {} },
  ]);
  expect(run.counts).toMatchObject({ added: 0, skipped: 1 });
  expect(core.users.list().total).toBe(0);
});

test('an entry without a username is skipped and named by its DN', async () => {
  const core = temporaryCore();
  const { lines } = await importInto(core, [person('ada', { username: null }), person('ben')]);
  expect(lines).toMatchObject([
    { change: 'skipped', username: `CN=ada,${staffDn}`, reason: 'it has no username in the directory' },
    { change: 'added', username: 'ben' },
  ]);
});

describe('who is enabled', () => {
  test.each([
    ['always', {}, true],
    ['always', withPhone, true],
    ['never', withPhone, false],
    ['newWithPhone', {}, false],
    ['newWithPhone', withPhone, true],
    ['newAndUpdatedWithPhone', {}, false],
    ['newAndUpdatedWithPhone', withPhone, true],
    ['newWithPhone', { phones: { mobile: '12' } }, false],
  ] as const)('%s makes a new user with %j enabled: %s', async (enable, changes, enabled) => {
    expect(await imported(changes, { enable })).toMatchObject({ enabled });
  });

  test.each(['always', 'newWithPhone', 'newAndUpdatedWithPhone'] as const)(
    'a disabled account is added as disabled with the reason (%s)',
    async (enable) => {
      const core = temporaryCore();
      const { lines } = await importInto(core, [person('ada', { ...withPhone, isAccountEnabled: false })], {
        rules: { enable },
      });
      expect(lines).toMatchObject([
        { change: 'added', reason: 'added as disabled, because the account is disabled in the directory' },
      ]);
      expect(core.users.find('ada')).toMatchObject({ enabled: false, phone: '+14255550123' });
    },
  );
});

describe('method and language', () => {
  test.each<[Partial<ImportRules>, Partial<CompanySettings>, Partial<User>]>([
    [{}, {}, { method: null, mode: null }],
    [{ method: 'oathToken' }, {}, { method: 'oathToken', mode: 'otp' }],
    [{ method: 'oathToken', mode: 'otpPin' }, {}, { method: 'oathToken', mode: 'otpPin' }],
    [{}, { defaultMethod: 'phoneCall', defaultMode: 'pin' }, { method: 'phoneCall', mode: 'pin' }],
    [{}, { defaultMethod: 'phoneCall' }, { method: 'phoneCall', mode: 'standard' }],
    [
      { method: 'textMessage' },
      { defaultMethod: 'phoneCall', defaultMode: 'pin' },
      { method: 'textMessage', mode: 'oneWayOtp' },
    ],
  ])('rules %j in a company with %j give %j', async (rules, settings, expected) => {
    expect(await imported({}, rules, settings)).toMatchObject(expected);
  });

  test('the language of the directory goes before that of the rules', async () => {
    const rules = {
      languagePhoneCall: 'de',
      languageTextMessage: 'de',
      languageMobileApp: 'de',
      languageOathToken: 'de',
    } as const;
    expect(await imported({ languageTextMessage: 'fr' }, rules)).toMatchObject({
      ...rules,
      languageTextMessage: 'fr',
    });
  });

  test('the languages of the company stand in where neither says one', async () => {
    const company = {
      languagePhoneCall: 'nl',
      languageTextMessage: 'nl',
      languageMobileApp: 'nl',
      languageOathToken: 'nl',
    } as const;
    const user = await imported({ languageTextMessage: 'fr' }, { languagePhoneCall: 'de' }, company);
    expect(user).toMatchObject({ ...company, languageTextMessage: 'fr', languagePhoneCall: 'de' });
  });
});

async function imported(
  changes: Partial<DirectoryUser>,
  rules: Partial<ImportRules>,
  settings: Partial<CompanySettings> = {},
): Promise<User> {
  const core = temporaryCore();
  core.companySettings.save({ ...core.companySettings.load(), ...settings });
  await importInto(core, [person('ada', changes)], { rules });
  return core.users.find('ada');
}
