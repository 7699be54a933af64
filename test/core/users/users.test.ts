import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import type { UserRow } from '../../../src/core/store/tables.ts';
import { updateUserRow } from '../../../src/core/store/user-rows.ts';
import { verifyPin } from '../../../src/core/users/pin.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

function rowOf(core: TemporaryCore, username: string): UserRow | undefined {
  return core.store.prepare<UserRow>('SELECT * FROM users WHERE username = ?').get(username);
}

/** Makes a user look as if a directory had given it. */
function giveToDirectory(core: TemporaryCore, username: string): void {
  updateUserRow(core.store, core.users.find(username).id, {
    source: 'import',
    directory_id: `5f8b7c1e-0000-4000-8000-${username.length.toString().padStart(12, '0')}`,
    fingerprint: Buffer.from('seen'),
  });
}

function eventsOf(core: TemporaryCore) {
  return listAudit(core.store, {}, 100).toReversed();
}

describe('adding users', () => {
  it('stores the user with the method of the company and one audit event', async () => {
    const core = temporaryCore();
    core.companySettings.save({
      ...core.companySettings.load(),
      defaultMethod: 'phoneCall',
      defaultMode: 'pin',
    });
    const { user } = await core.users.add({ username: ' ada ', firstName: 'Ada', phone: '(425) 555-0123' });
    expect(user).toEqual(core.users.find('ADA'));
    expect(user).toMatchObject({
      username: 'ada',
      phone: '+14255550123',
      method: 'phoneCall',
      mode: 'pin',
      enabled: true,
      source: 'manual',
      version: 1,
      createdBy: 'admin@test',
      createdAt: '2026-03-02T10:00:00.000Z',
    });
    expect(eventsOf(core)).toMatchObject([
      {
        action: 'user.added',
        target: 'ada',
        details: { fields: { firstName: [null, 'Ada'] }, source: 'manual' },
      },
    ]);
  });

  it('gives the languages of the company where none was typed', async () => {
    const core = temporaryCore();
    core.companySettings.save({
      ...core.companySettings.load(),
      languagePhoneCall: 'de',
      languageTextMessage: 'fr',
      languageMobileApp: 'ja',
      languageOathToken: 'nl',
    });
    const { user } = await core.users.add({ username: 'ada', languageTextMessage: 'es' });
    expect(user).toMatchObject({
      languagePhoneCall: 'de',
      languageTextMessage: 'es',
      languageMobileApp: 'ja',
      languageOathToken: 'nl',
    });
  });

  it('refuses a username that is taken, without regard to case and compatible forms', async () => {
    const { users } = temporaryCore();
    await users.add({ username: 'ﬁona@corp' });
    await expect(users.add({ username: 'FIONA@corp' })).rejects.toMatchObject({ code: 'user.exists' });
  });

  it('hashes a PIN, and stores nothing when the PIN is weak', async () => {
    const core = temporaryCore();
    await expect(core.users.add({ username: 'ada' }, { pin: '1111' })).rejects.toMatchObject({
      code: 'pin.invalid',
    });
    await core.users.add({ username: 'ada' }, { pin: '1793' });
    const hash = rowOf(core, 'ada')?.pin_hash ?? '';
    expect(await verifyPin('1793', hash)).toBe(true);
    expect(JSON.stringify(eventsOf(core))).not.toContain('1793');
    expect(JSON.stringify(eventsOf(core))).not.toContain('argon2');
  });

  it('writes nothing in a dry run', async () => {
    const core = temporaryCore();
    const { user } = await core.users.add({ username: 'ada' }, { dryRun: true });
    expect(user.username).toBe('ada');
    expect(rowOf(core, 'ada')).toBeUndefined();
    expect(eventsOf(core)).toEqual([]);
  });
});

describe('editing users', () => {
  it('writes the fields, a new version and what changed', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', email: 'old@corp.example' });
    core.testClock.forward(60);
    const { user, fields } = await core.users.edit('ADA', { email: 'new@corp.example', lastName: 'Smith' });
    expect(user).toMatchObject({
      email: 'new@corp.example',
      version: 2,
      updatedAt: '2026-03-02T10:01:00.000Z',
    });
    expect(fields).toEqual({ email: ['old@corp.example', 'new@corp.example'], lastName: [null, 'Smith'] });
    expect(eventsOf(core).at(-1)).toMatchObject({
      action: 'user.edited',
      target: 'ada',
      details: { fields },
    });
    expect(core.users.list({ filter: 'smith' }).total).toBe(1);
    expect(core.users.list({ filter: 'old@' }).total).toBe(0);
  });

  it('writes nothing when nothing is different', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', phone: '+14255550123' });
    const { changed, user } = await core.users.edit('ada', { phone: '425 555 0123' });
    expect([changed, user.version]).toEqual([false, 1]);
    expect(eventsOf(core)).toHaveLength(1);
  });

  it('refuses an edit made from an older version, and names who changed the user and when', async () => {
    const one = temporaryCore({ actor: 'admin1@test' });
    const other = temporaryCore({ folder: one.folder, actor: 'admin2@test' });
    const { user } = await one.users.add({ username: 'ada' });
    await other.users.edit('ada', { phone: '+14255550123' }, { version: user.version });
    const late = one.users.edit('ada', { phone: '+14255550199' }, { version: user.version });
    await expect(late).rejects.toMatchObject({
      code: 'user.changed',
      message: expect.stringMatching(/changed by admin2@test at 2026-03-02 10:00:00 UTC/),
    });
    expect(one.users.find('ada').phone).toBe('+14255550123');
    await one.users.edit('ada', { lastName: 'Smith' });
    expect(other.users.find('ada')).toMatchObject({ phone: '+14255550123', lastName: 'Smith', version: 3 });
  });

  it('renames a user, but not to a name that another has', async () => {
    const { users } = temporaryCore();
    await users.add({ username: 'ada' });
    await users.add({ username: 'bob' });
    await expect(users.edit('ada', { username: 'BOB' })).rejects.toMatchObject({ code: 'user.exists' });
    await users.edit('ada', { username: 'Ada' });
    expect(users.find('ada').username).toBe('Ada');
  });

  it('keeps edited fields of directory users local, until they are given back', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', phone: '+14255550123' });
    giveToDirectory(core, 'ada');
    const { user } = await core.users.edit('ada', { phone: '+14255550199', method: 'phoneCall' });
    expect(user.localFields).toEqual(['phone']);
    expect(rowOf(core, 'ada')?.fingerprint).toBeNull();
    const given = await core.users.edit('ada', {}, { followDirectory: ['phone'] });
    expect(given.fields).toEqual({ localFields: [['phone'], []] });
    const followed = await core.users.edit('ada', { email: 'a@b' }, { followDirectory: ['email'] });
    expect(followed.user.localFields).toEqual([]);
  });

  it('stores hostile names without harm', async () => {
    const { users } = temporaryCore();
    const firstName = `\u001b[2J\u202e${'ü'.repeat(10_000)}\u0000end`;
    await users.add({ username: 'o\'brien*()\\"%_', firstName });
    expect(users.find('O\'BRIEN*()\\"%_').firstName).toBe(firstName);
    expect(users.list({ filter: '(")' }).total).toBe(0);
    expect(users.list({ filter: '*()\\"%' }).total).toBe(1);
    expect(users.list({ filter: 'end' }).total).toBe(1);
  });
});

describe('changing the state of users', () => {
  it('changes all that it can and reports the others', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    await core.users.add({ username: 'bob', enabled: false });
    const results = await core.users.disable(['ada', 'nobody', 'BOB']);
    expect(results.map(({ username, result, error }) => [username, result?.changed, error?.code])).toEqual([
      ['ada', true, undefined],
      ['nobody', undefined, 'user.notFound'],
      ['BOB', false, undefined],
    ]);
    expect(eventsOf(core).map(({ action, target }) => [action, target])).toEqual([
      ['user.added', 'ada'],
      ['user.added', 'bob'],
      ['user.disabled', 'ada'],
    ]);
  });

  it('blocks with reason and end, and a new block or an unblock takes its place', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    await core.users.block(['ada'], { reason: ' stolen phone ', days: 2 });
    expect(core.users.find('ada')).toMatchObject({
      blockedUntil: '2026-03-04T10:00:00.000Z',
      blockedReason: 'stolen phone',
      blockedBy: 'admin@test',
    });
    expect(core.users.list({ filter: 'state:blocked' }).total).toBe(1);
    core.testClock.forward(3 * 86_400);
    expect(core.users.list({ filter: 'state:blocked' }).total).toBe(0);
    await core.users.unblock(['ada']);
    expect(core.users.find('ada')).toMatchObject({ blockedUntil: null, blockedReason: null });
    await expect(core.users.block(['ada'], { reason: ' ' })).rejects.toMatchObject({ code: 'user.invalid' });
  });

  it('ends a lockout with an unblock', async () => {
    const core = temporaryCore();
    const { user } = await core.users.add({ username: 'ada' });
    updateUserRow(core.store, user.id, { locked_until: '2026-03-02T11:00:00.000Z' });
    expect(core.users.list({ filter: 'state:lockedOut' }).total).toBe(1);
    await core.users.unblock(['ada']);
    expect(core.users.find('ada').lockedUntil).toBeNull();
  });

  it('gives a one-time bypass of limited length and takes it back', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    await core.users.bypass(['ada'], { reason: 'forgot the phone' });
    expect(core.users.find('ada')).toMatchObject({
      bypassUntil: '2026-03-02T10:05:00.000Z',
      bypassBy: 'admin@test',
    });
    await expect(core.users.bypass(['ada'], { reason: 'x', seconds: 99_999 })).rejects.toMatchObject({
      code: 'user.invalid',
      message: expect.stringContaining('3600'),
    });
    await core.users.cancelBypass(['ada']);
    expect(core.users.find('ada').bypassUntil).toBeNull();
  });

  it('sets the method of many', async () => {
    const { users } = temporaryCore();
    await users.add({ username: 'ada', method: 'phoneCall' });
    const [ada] = await users.setMethod(['ada'], 'textMessage', 'twoWayOtp');
    expect(ada?.result?.fields).toEqual({
      method: ['phoneCall', 'textMessage'],
      mode: ['standard', 'twoWayOtp'],
    });
    await expect(users.setMethod(['ada'], 'phoneCall', 'otp')).rejects.toMatchObject({
      code: 'user.invalid',
    });
  });

  it('works through more users than one transaction takes', async () => {
    const core = temporaryCore();
    const names = Array.from({ length: 1201 }, (_, index) => `user${index}`);
    const file = Readable.from([`username\n${names.join('\n')}\n`]);
    for await (const _ of core.users.importCsv(file));
    const results = await core.users.disable(names);
    expect(results.filter(({ result }) => result?.changed)).toHaveLength(1201);
    expect(core.users.list({ filter: 'state:disabled' }).total).toBe(1201);
  });

  it('stops between chunks when it is told to', async () => {
    const { users } = temporaryCore();
    await users.add({ username: 'ada' });
    const results = await users.disable(['ada'], { signal: AbortSignal.abort() });
    expect(results[0]?.error?.code).toBe('run.cancelled');
    expect(users.find('ada').enabled).toBe(true);
  });

  it('writes nothing in a dry run', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    const [disabled] = await core.users.disable(['ada'], { dryRun: true });
    const [removed] = await core.users.remove(['ada'], { dryRun: true });
    const [pin] = await core.users.setPin(['ada'], { dryRun: true });
    expect([disabled, removed, pin].map((one) => one?.result?.changed)).toEqual([true, true, true]);
    expect(core.users.find('ada')).toMatchObject({ enabled: true, version: 1, hasPin: false });
    expect(eventsOf(core)).toHaveLength(1);
  });
});

describe('PINs', () => {
  it('are hashed, remembered, and refused when used before', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    for (const pin of ['1793', '2846', '3957']) {
      const [set] = await core.users.setPin(['ada'], { pin, mustChange: true });
      expect(set?.result?.generatedPin).toBeNull();
    }
    const [again] = await core.users.setPin(['ada'], { pin: '1793' });
    expect(again?.error).toMatchObject({ code: 'pin.invalid', message: expect.stringContaining('last 5') });
    expect(core.users.find('ada')).toMatchObject({ hasPin: true, pinMustChange: true });
    const stored = JSON.stringify([rowOf(core, 'ada'), eventsOf(core)]);
    for (const pin of ['1793', '2846', '3957']) expect(stored).not.toContain(`"${pin}"`);
  });

  it('may be used again when the history is over', async () => {
    const core = temporaryCore();
    core.companySettings.save({ ...core.companySettings.load(), pinHistory: 1 });
    await core.users.add({ username: 'ada' });
    await core.users.setPin(['ada'], { pin: '1793' });
    await core.users.setPin(['ada'], { pin: '2846' });
    const [again] = await core.users.setPin(['ada'], { pin: '1793' });
    expect(again?.error).toBeUndefined();
  });

  it('are generated for each user and shown once', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    await core.users.add({ username: 'bob' });
    const [ada, nobody, bob] = await core.users.setPin(['ada', 'nobody', 'bob'], {});
    expect(ada?.result?.generatedPin).toMatch(/^\d{4}$/);
    expect(nobody?.error?.code).toBe('user.notFound');
    expect(await verifyPin(bob?.result?.generatedPin ?? '', rowOf(core, 'bob')?.pin_hash ?? '')).toBe(true);
  });
});

describe('removing users', () => {
  it('forgets them, also in the search, and says so in the audit log', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada', firstName: 'Augusta' });
    const [removed] = await core.users.remove(['ada']);
    expect(removed?.result?.user.username).toBe('ada');
    expect(() => core.users.find('ada')).toThrow(expect.objectContaining({ code: 'user.notFound' }));
    expect(core.users.list({ filter: 'augusta' }).total).toBe(0);
    const last = eventsOf(core).at(-1);
    expect(last).toMatchObject({ action: 'user.removed', target: 'ada', details: { source: 'manual' } });
    expect(JSON.stringify(last)).not.toContain('Augusta');
  });
});

describe('people of the directory', () => {
  it('are known by their directory ids, whoever they are here', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'ada' });
    await core.users.add({ username: 'by hand' });
    giveToDirectory(core, 'ada');
    const { directoryId } = core.users.find('ada');
    const known = core.users.fromDirectory([directoryId ?? '', '5f8b7c1e-0000-4000-8000-ffffffffffff']);
    expect(known).toEqual(new Map([[directoryId, 'ada']]));
    expect(core.users.fromDirectory([]).size).toBe(0);
  });
});
