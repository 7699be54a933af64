import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client, Control, InvalidCredentialsError, StrongAuthRequiredError } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWithServer, sambaServer } from './require-server.ts';
import { type DomainController, startDomainController } from './samba.ts';
import { addBindAccounts, type BindAccount, type BindAccounts } from './samba-accounts.ts';

const showDeleted = '1.2.840.113556.1.4.417';

describeWithServer('Samba domain controller', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;
  let staffDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    staffDn = await controller.content.organizationalUnit('Staff');
    accounts = await addBindAccounts(controller.content, staffDn);
  });

  afterAll(() => controller?.stop());

  test.each(['working', 'administrator'] as const)('lets the %s account in over LDAPS', async (name) => {
    const account = name === 'administrator' ? controller.administrator : accounts[name];
    await bound(controller, account, async () => {});
  });

  test.each([
    ['wrongPassword', '52e'],
    ['disabled', '533'],
    ['expired', '701'],
    ['mustChangePassword', '773'],
    ['locked', '775'],
  ] as const)('refuses the %s account with data %s', async (name, data) => {
    const attempt = bound(controller, accounts[name], async () => {});
    await expect(attempt).rejects.toThrow(InvalidCredentialsError);
    await expect(attempt).rejects.toThrow(`data ${data},`);
  });

  test('refuses a simple bind without TLS', async () => {
    const client = new Client({ url: controller.ldapUrl });
    await expect(client.bind(accounts.working.dn, accounts.working.password)).rejects.toThrow(
      StrongAuthRequiredError,
    );
    await client.unbind();
  });

  test('takes StartTLS with the certificate of its DNS name', async () => {
    const client = new Client({ url: controller.ldapUrl });
    await client.startTLS({ ca: controller.ca, servername: controller.dnsName, host: controller.dnsName });
    await client.bind(accounts.working.dn, accounts.working.password);
    await client.unbind();
  });

  test('shows people, nested groups and every kind of change while it runs', async () => {
    const { content } = controller;
    const folderDn = await content.organizationalUnit('Changes');
    const [anna = '', bob = '', carl = ''] = await content.users(folderDn, 3, { prefix: 'changes' });
    const innerDn = await content.group(folderDn, 'Inner', [anna, bob]);
    const outerDn = await content.group(folderDn, 'Outer', [innerDn, carl]);
    await content.removeMembers(innerDn, [bob]);
    await content.disable(anna);
    await content.set(anna, { mobile: '+49 30 1', mail: [] });
    await content.setPassword(anna, 'Another-one-2');
    await content.delete(bob);
    await content.rename(carl, `CN=Carl Renamed,${staffDn}`);

    await bound(controller, controller.administrator, async (client) => {
      const inChain = `(memberOf:1.2.840.113556.1.4.1941:=${outerDn})`;
      const people = await find(client, controller.baseDn, `(&(sAMAccountName=changes*)${inChain})`);
      expect(people.map((entry) => entry.dn).sort()).toEqual([`CN=Carl Renamed,${staffDn}`, anna].sort());
      expect(people.find((entry) => entry.dn === anna)).toMatchObject({
        givenName: 'Anna',
        mobile: '+49 30 1',
        mail: [],
        userAccountControl: '514',
      });
      const tombstones = await find(
        client,
        controller.baseDn,
        '(&(isDeleted=TRUE)(sAMAccountName=changes*))',
        [new Control(showDeleted, { critical: true })],
      );
      expect(tombstones).toHaveLength(1);
    });
  });

  test('runs beside a controller of another domain, and leaves nothing behind when it stops', async () => {
    const other = await startDomainController({ domain: 'branch.fabrikam.test' });
    expect(other.baseDn).toBe('DC=branch,DC=fabrikam,DC=test');
    await bound(other, other.administrator, async () => {});
    await other.stop();
    expect(existsSync(dirname(dirname(dirname(other.caFile))))).toBe(false);
    expect(() => process.kill(other.server.pid, 0)).toThrow('ESRCH');
    await bound(controller, controller.administrator, async () => {});
  });
});

/** Runs `use` with a client that is bound over LDAPS as the given account. */
async function bound(
  controller: DomainController,
  account: BindAccount,
  use: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ url: controller.ldapsUrl, tlsOptions: { ca: controller.ca } });
  try {
    await client.bind(account.userPrincipalName, account.password);
    await use(client);
  } finally {
    await client.unbind();
  }
}

async function find(client: Client, baseDn: string, filter: string, controls: Control[] = []) {
  const attributes = ['givenName', 'mobile', 'mail', 'userAccountControl'];
  return (await client.search(baseDn, { filter, attributes }, controls)).searchEntries;
}
