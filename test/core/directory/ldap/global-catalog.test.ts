import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributeMap } from '../../../../src/core/directory/attributes.ts';
import { systemServers } from '../../../../src/core/directory/directory-servers.ts';
import { directorySettingsSchema } from '../../../../src/core/directory/directory-settings.ts';
import { withTrustedDomains } from '../../../../src/core/directory/forest.ts';
import { suggestBaseDn } from '../../../../src/core/directory/ldap/suggest-base-dn.ts';
import { describeWithServer, sambaServer } from '../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../servers/samba.ts';
import { addBindAccounts, type BindAccount } from '../../../servers/samba-accounts.ts';
import { accountNames, openTestDirectory } from './open-test-directory.ts';

/** What a Global Catalog has by default. */
const held = [
  'objectGUID',
  'distinguishedName',
  'name',
  'userPrincipalName;sAMAccountName',
  'givenName',
  'sn',
];
const universal = '-2147483640';

describeWithServer('the Global Catalog', sambaServer, () => {
  let controller: DomainController;
  let account: BindAccount;
  let staffDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    const { content } = controller;
    staffDn = await content.organizationalUnit('Staff');
    account = (await addBindAccounts(content, staffDn)).working;
  });

  afterAll(() => controller?.stop());

  /** The settings of somebody who included trusted domains and reads what the catalog has. */
  function settings() {
    const attributes = Object.entries(attributeMap('activeDirectory', {})).map(([field, name]) => {
      const isHeld = field === 'uniqueIdentifierType' || held.includes(name);
      return [field, isHeld ? name : ''];
    });
    return withTrustedDomains(
      directorySettingsSchema.parse({
        type: 'activeDirectory',
        urls: [controller.ldapsUrl],
        ca: controller.ca,
        bindUser: account.userPrincipalName,
        attributes: Object.fromEntries(attributes),
      }),
    );
  }

  test('suggests the root domain of the forest as the base DN', async () => {
    const [url = ''] = settings().urls;
    expect(new URL(url).port).toBe('3269');
    expect(await suggestBaseDn(settings(), account.password, systemServers())).toBe(controller.baseDn);
  });

  test('is asked for the members of universal groups only, at every depth', async () => {
    const { content } = controller;
    const [ann = '', ben = ''] = await content.users(staffDn, 2, { prefix: 'member' });
    const global = await content.group(staffDn, 'Global', [ann]);
    const inner = await content.group(staffDn, 'Inner', [ben]);
    const outer = await content.group(staffDn, 'Outer', [ann, inner]);
    await content.set(outer, { groupType: universal });
    const directory = await openTestDirectory(settings(), account.password);
    const members = (dn: string, isRecursive: boolean) =>
      accountNames(directory, { scope: 'group', dn, isRecursive });
    const refused = {
      code: 'directory.invalid',
      message: expect.stringContaining('which is no universal group'),
    };

    await expect(members(global, false)).rejects.toMatchObject(refused);
    expect(await members(outer, false)).toEqual(['member00000']);
    await expect(members(outer, true)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(inner),
    });
    await content.set(inner, { groupType: universal });
    expect(await members(outer, true)).toEqual(['member00000', 'member00001']);
  });

  test('finds an account by the name of its own domain only', async () => {
    await controller.content.user(staffDn, 'carla');
    const directory = await openTestDirectory(settings(), account.password);
    const named = (name: string) => accountNames(directory, { scope: 'users', names: [name] });
    for (const domain of ['CORP', 'corp.contoso.test', 'Corp.Contoso.Test']) {
      expect(await named(`${domain}\\carla`)).toEqual(['carla']);
    }
    await expect(named('OTHER\\carla')).rejects.toMatchObject({ code: 'directory.entryNotFound' });
  });

  test('is not asked for changes in a way that knows one domain only', async () => {
    const { userPrincipalName: bindUser, password } = controller.administrator;
    const directory = await openTestDirectory({ ...settings(), bindUser }, password);
    const options = { filters: [], groups: [], people: null, most: 2000, now: new Date() };
    const { way } = await directory.changes(null, options);
    expect(way).toMatchObject({
      kind: 'timestamp',
      reason: expect.stringContaining('the Global Catalog is read'),
    });
  });
});
