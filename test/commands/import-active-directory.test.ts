import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectorySettings } from '../../src/core/directory/directory-settings.ts';
import { connectedCore } from '../helpers/connected-core.ts';
import { runCommand } from '../helpers/run-command.ts';
import { describeWithServer, sambaServer } from '../servers/require-server.ts';
import { type DomainController, startDomainController } from '../servers/samba.ts';
import { addBindAccounts, type BindAccount, type BindAccounts } from '../servers/samba-accounts.ts';

describeWithServer('the command import with Active Directory', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;
  let staffDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    staffDn = await controller.content.organizationalUnit('Staff');
    accounts = await addBindAccounts(
      controller.content,
      await controller.content.organizationalUnit('Service'),
    );
    await controller.content.users(staffDn, 25);
  });

  afterAll(() => controller?.stop());

  test('brings an OU in, and says so', async () => {
    const { exitCode, json } = await importAs(accounts.working, {});
    expect(exitCode).toBe(0);
    expect(json).toMatchObject({ run: { state: 'completed', counts: { read: 25, added: 25 } } });
  });

  test.each([
    ['wrongPassword', 'directory.credentials', 'its password is another'],
    ['disabled', 'directory.accountDisabled', 'is disabled'],
    ['expired', 'directory.accountExpired', 'has expired'],
  ] as const)('says what is wrong with the %s bind account', async (name, code, words) => {
    const { exitCode, json, stdout, stderr } = await importAs(accounts[name], {});
    expect(exitCode).toBe(1);
    expect(json).toEqual({ error: { code, message: expect.stringContaining(words) } });
    expect(stderr).toContain(words);
    expect(stdout + stderr).not.toContain(accounts[name].password);
  });

  test('refuses a plain connection that nobody accepted, before the password is sent', async () => {
    const { exitCode, json } = await importAs(accounts.working, {
      urls: [controller.ldapUrl],
      security: 'none',
    });
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({
      error: { code: 'directory.plainNotAccepted', message: expect.stringContaining('StartTLS') },
    });
  });

  test('refuses a server whose authority it does not know', async () => {
    const { exitCode, json } = await importAs(accounts.working, { ca: null });
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ error: { code: 'directory.tlsUntrusted' } });
  });

  function importAs(account: BindAccount, settings: Partial<DirectorySettings>) {
    const { folder } = connectedCore(
      {
        urls: [controller.ldapsUrl],
        baseDn: controller.baseDn,
        ca: controller.ca,
        bindUser: account.userPrincipalName,
        ...settings,
      },
      account.password,
    );
    return runCommand(folder, ['import', '--container', staffDn, '--json']);
  }
});
