import { describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../../src/core/directory/directory.ts';
import type { ImportRules } from '../../../src/core/import/import-rules.ts';
import type { User } from '../../../src/core/users/user.ts';
import { person, staffDn } from '../../helpers/directory-people.ts';
import { importInto } from '../../helpers/memory-import.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const update = { updateExisting: true } as const;
const ada = person('ada', {
  firstName: 'Ada',
  email: 'ada@contoso.test',
  userGroup: 'Sales',
  phones: { mobile: '+14255550123' },
});

describe('a user who is known', () => {
  test('is unchanged, and not written, when the directory says nothing new', async () => {
    const core = temporaryCore();
    const rows = () => core.store.prepare('SELECT * FROM users').all();
    await importInto(core, [ada], { rules: update });
    core.testClock.forward(60);
    const before = rows();
    const { run, lines } = await importInto(core, [ada], { rules: update });
    expect(lines).toMatchObject([{ change: 'unchanged', username: 'ada', reason: null, fields: {} }]);
    expect(run.counts).toMatchObject({ read: 1, unchanged: 1, updated: 0 });
    expect(rows()).toEqual(before);
    expect(core.runs.changes(run.id)).toEqual([]);
  });

  test('follows the directory field by field, and only when updating is asked for', async () => {
    const core = await coreWithAda();
    const changed = { ...ada, firstName: 'Adele', email: null, userGroup: 'Sales' };
    const before = core.users.find('ada');
    const without = await importInto(core, [changed]);
    expect(without.lines).toMatchObject([
      {
        change: 'skipped',
        username: 'ada',
        reason: 'updating known users is off; it would change firstName, email',
        fields: {},
      },
    ]);
    expect(core.users.find('ada')).toEqual(before);

    core.testClock.forward(60);
    const { lines } = await importInto(core, [changed], { rules: update });
    expect(lines).toMatchObject([
      {
        change: 'updated',
        fields: { firstName: ['Ada', 'Adele'], email: ['ada@contoso.test', null] },
      },
    ]);
    expect(core.users.find('ada')).toEqual({
      ...before,
      firstName: 'Adele',
      email: null,
      version: 2,
      updatedAt: '2026-03-02T10:01:00.000Z',
      lastSynchronizedAt: '2026-03-02T10:01:00.000Z',
    });
    expect(core.users.list({ filter: 'adele' }).total).toBe(1);
  });

  test('stays the same user when renamed and moved', async () => {
    const core = await coreWithAda();
    const before = core.users.find('ada');
    const dn = `CN=Ada Lovelace,OU=Research,${staffDn}`;
    const moved = { ...ada, dn, username: 'ada.lovelace', accountName: 'ada.lovelace' };
    const { lines } = await importInto(core, [moved], { rules: update });
    expect(lines).toMatchObject([
      {
        change: 'updated',
        username: 'ada.lovelace',
        fields: { username: ['ada', 'ada.lovelace'], directoryDn: [ada.dn, dn] },
      },
    ]);
    expect(core.users.list().total).toBe(1);
    expect(core.users.find('ada.lovelace')).toMatchObject({ id: before.id, directoryDn: dn });
    expect(core.users.list({ filter: 'lovelace' }).total).toBe(1);
  });

  test('keeps the username when the directory has none any more', async () => {
    const core = await coreWithAda();
    const { lines } = await importInto(core, [{ ...ada, username: null }], { rules: update });
    expect(lines).toMatchObject([{ change: 'unchanged', username: 'ada' }]);
  });

  test('keeps what the directory has no attribute for', async () => {
    const core = await coreWithAda();
    const attributes = { email: '', userGroup: '' };
    const { lines } = await importInto(core, [{ ...ada, firstName: 'Adele', email: null, userGroup: null }], {
      rules: update,
      attributes,
    });
    expect(lines[0]?.fields).toEqual({ firstName: ['Ada', 'Adele'] });
  });

  test('is looked at again after an edit here, and edited fields stay as they were set', async () => {
    const core = await coreWithAda();
    await core.users.edit('ada', { email: 'private@contoso.test', description: 'edited' });
    const { lines } = await importInto(core, [{ ...ada, email: 'new@contoso.test', firstName: 'Adele' }], {
      rules: update,
    });
    expect(lines[0]?.fields).toEqual({ firstName: ['Ada', 'Adele'] });
    expect(core.users.find('ada')).toMatchObject({
      email: 'private@contoso.test',
      description: 'edited',
      localFields: ['email', 'description'],
    });

    await core.users.edit('ada', {}, { followDirectory: ['email'] });
    await importInto(core, [ada], { rules: update });
    expect(core.users.find('ada')).toMatchObject({ email: 'ada@contoso.test', description: 'edited' });
  });

  test('keeps PIN, block and overrides through an update', async () => {
    const core = await coreWithAda();
    await core.users.setPin(['ada'], { pin: '904716' });
    await core.users.block(['ada'], { reason: 'lost phone' });
    await core.users.edit('ada', { mayChangePin: false, whenDisabled: 'succeed' });
    const before = core.users.find('ada');
    expect(before).toMatchObject({ hasPin: true, blockedReason: 'lost phone' });
    await importInto(core, [{ ...ada, firstName: 'Adele' }], { rules: update });
    expect(core.users.find('ada')).toEqual({ ...before, firstName: 'Adele', version: before.version + 1 });
  });
});

describe('set once and keep in step', () => {
  test.each<[Partial<ImportRules>, Partial<User>]>([
    [{ method: 'oathToken' }, { method: 'phoneCall', mode: 'pin' }],
    [
      { method: 'oathToken', methodPolicy: 'keepInStep' },
      { method: 'oathToken', mode: 'otp' },
    ],
    [
      { method: 'oathToken', mode: 'otpPin', methodPolicy: 'keepInStep' },
      { method: 'oathToken', mode: 'otpPin' },
    ],
    [{ methodPolicy: 'keepInStep' }, { method: 'phoneCall', mode: 'pin' }],
    [{ languageMobileApp: 'fr' }, { languageMobileApp: 'de' }],
    [{ languageMobileApp: 'fr', languagePolicy: 'keepInStep' }, { languageMobileApp: 'fr' }],
    [{ languagePolicy: 'keepInStep' }, { languageMobileApp: 'de' }],
  ])('an update with %j leaves %j', async (rules, expected) => {
    const core = temporaryCore();
    const first = { method: 'phoneCall', mode: 'pin', languageMobileApp: 'de' } as const;
    await importInto(core, [ada], { rules: first });
    await importInto(core, [ada], { rules: { ...update, ...rules } });
    expect(core.users.find('ada')).toMatchObject(expected);
  });

  test('the language that the directory gives is followed in any case', async () => {
    const core = temporaryCore();
    await importInto(core, [ada], { rules: { languageMobileApp: 'de' } });
    await importInto(core, [{ ...ada, languageMobileApp: 'it' }], { rules: update });
    expect(core.users.find('ada').languageMobileApp).toBe('it');
  });
});

describe('who is enabled at an update', () => {
  test.each<[ImportRules['enable'], Partial<DirectoryUser>, boolean]>([
    ['always', {}, false],
    ['newWithPhone', {}, false],
    ['newAndUpdatedWithPhone', {}, true],
    ['newAndUpdatedWithPhone', { phones: {} }, false],
    ['newAndUpdatedWithPhone', { isAccountEnabled: false }, false],
  ])('%s with %j: %s', async (enable, changes, enabled) => {
    const core = temporaryCore();
    await importInto(core, [ada], { rules: { enable: 'never' } });
    await importInto(core, [{ ...ada, ...changes }], { rules: { ...update, enable } });
    expect(core.users.find('ada').enabled).toBe(enabled);
  });

  test('nobody is disabled by an update, whatever the directory says', async () => {
    const core = await coreWithAda();
    await importInto(core, [{ ...ada, isAccountEnabled: false }], { rules: { ...update, enable: 'never' } });
    expect(core.users.find('ada').enabled).toBe(true);
  });
});

async function coreWithAda(): Promise<TemporaryCore> {
  const core = temporaryCore();
  await importInto(core, [ada]);
  return core;
}
