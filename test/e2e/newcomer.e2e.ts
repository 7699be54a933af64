import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { Installation, newInstallation } from './helpers/installation.ts';

const sales = 'OU=Sales,DC=corp,DC=contoso,DC=test';

interface UserList {
  total: number;
  users: Record<string, unknown>[];
}

describe('on an empty machine', () => {
  test('the first command makes the data directory and shows the sample company', async () => {
    const mfa = newInstallation();
    const { containers } = await mfa.json<{ containers: object[] }>('directory', 'tree');
    expect(containers).toContainEqual({
      dn: sales,
      name: 'Sales',
      directoryId: expect.stringMatching(guid),
      users: 86,
      hasChildren: true,
    });
  });

  test('a preview changes nothing, the import brings an OU in, and doing it again finds it unchanged', async () => {
    const mfa = newInstallation();
    const counts = async (...args: string[]) =>
      (await mfa.json<{ run: { counts: object } }>('import', '--container', sales, ...args)).run.counts;
    expect(await counts('--dry-run')).toMatchObject({ read: 86, added: 86 });
    expect(await mfa.json('users', 'list')).toEqual({ total: 0, users: [] });
    expect(await counts()).toMatchObject({ read: 86, added: 86, failed: 0, conflicts: 0, skipped: 0 });
    expect(await counts()).toMatchObject({ read: 86, added: 0, unchanged: 86 });
    expect(await counts('--update')).toMatchObject({ read: 86, updated: 0, unchanged: 86 });
  });

  test('users are listed and shown in the shape that scripts rely on', async () => {
    const mfa = await importedSales('--backup', 'business', '--method', 'oathToken');
    const { total, users } = await mfa.json<UserList>('users', 'list');
    expect(total).toBe(86);
    expect(users).toHaveLength(86);
    for (const user of users) expect(user).toMatchObject(userShape);
    expect(users.map(({ phone }) => phone)).toContainEqual(expect.stringMatching(e164));
    expect(users.map(({ backupPhone }) => backupPhone)).toContainEqual(expect.stringMatching(e164));

    const first = users[0];
    const limited = await mfa.json<UserList>('users', 'list', '--limit', '1');
    expect(limited).toEqual({ total: 86, users: [first] });
    const shown = await mfa.json<object>('users', 'show', String(first?.username));
    expect(shown).toMatchObject({ ...first, hasPin: false, directoryDn: expect.stringContaining(sales) });
  });

  test('status, doctor and the audit log say that all is well', async () => {
    const mfa = await importedSales();
    const status = await mfa.run('status');
    expect(status).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('86') });
    expect(await mfa.json('status')).toMatchObject({ users: { total: 86 }, lastRun: { state: 'completed' } });
    expect(await mfa.run('doctor')).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await mfa.json('doctor')).toMatchObject({ ok: true });
    expect(await mfa.json('audit', 'verify')).toMatchObject({ ok: true, events: 87 });
  });

  test('a backup brings everything to another machine, where the import finds all unchanged', async () => {
    const mfa = await importedSales();
    const folder = temporaryFolder();
    const [backup, passphrase] = [join(folder, 'mfa.backup'), join(folder, 'passphrase')];
    writeFileSync(passphrase, 'correct horse battery staple\n');
    await mfa.json('backup', backup, '--passphrase-file', passphrase);

    const other = new Installation(join(folder, 'other'));
    await other.json('restore', backup, '--passphrase-file', passphrase, '--yes');
    expect(await other.json('users', 'list')).toEqual(await mfa.json('users', 'list'));
    expect(await other.json('audit', 'verify')).toMatchObject({ ok: true });
    const again = await other.json('import', '--container', sales);
    expect(again).toMatchObject({ run: { counts: { added: 0, unchanged: 86 } } });
  });
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const e164 = /^\+[1-9]\d{6,14}$/;

const userShape = {
  username: expect.stringMatching(/^\S+$/),
  firstName: expect.any(String),
  lastName: expect.any(String),
  email: expect.toSatisfy(nullOr(/^\S+@\S+$/)),
  phone: expect.toSatisfy(nullOr(e164)),
  backupPhone: expect.toSatisfy(nullOr(e164)),
  method: 'oathToken',
  mode: 'otp',
  state: expect.stringMatching(/^(en|dis)abled$/),
  enabled: expect.any(Boolean),
  userGroup: null,
  source: 'import',
  directoryId: expect.stringMatching(guid),
  lastAuthenticatedAt: null,
};

function nullOr(pattern: RegExp) {
  return (value: unknown) => value === null || (typeof value === 'string' && pattern.test(value));
}

async function importedSales(...options: string[]): Promise<Installation> {
  const mfa = newInstallation();
  await mfa.json('import', '--container', sales, ...options);
  return mfa;
}
