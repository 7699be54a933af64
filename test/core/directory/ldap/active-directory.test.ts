import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Directory, DirectoryUser, Selection } from '../../../../src/core/directory/directory.ts';
import type { DirectorySettings } from '../../../../src/core/directory/directory-settings.ts';
import { describeWithServer, sambaServer } from '../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../servers/samba.ts';
import { addBindAccounts, type BindAccount, type BindAccounts } from '../../../servers/samba-accounts.ts';
import { accountNames, collect, openTestDirectory } from './open-test-directory.ts';

describeWithServer('Active Directory', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;
  let salesDn: string;
  let insideDn: string;
  let outerDn: string;
  let innerDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    const { content } = controller;
    salesDn = await content.organizationalUnit('Sales');
    insideDn = await content.organizationalUnit('Inside, "quoted" & (more)', salesDn);
    accounts = await addBindAccounts(content, await content.organizationalUnit('Service Accounts'));
    const sales = await content.users(salesDn, 12, { prefix: 's' });
    const inside = await content.users(insideDn, 5, { prefix: 'i' });
    await content.disable(sales[11] ?? '');
    innerDn = await content.group(salesDn, 'Inner', inside);
    outerDn = await content.group(salesDn, 'Outer', [innerDn, ...sales.slice(0, 3)]);
    await content.addMembers(innerDn, [outerDn]);
    await content.user(salesDn, 'Ada (*) Smith', {
      sAMAccountName: 'ada',
      userPrincipalName: 'ada@corp.contoso.test',
      givenName: 'Ada',
      sn: 'Smith',
    });
  });

  afterAll(() => controller?.stop());

  test.each(['LDAPS', 'StartTLS'] as const)('is read over %s with its own authority', async (kind) => {
    const directory = await open({ urls: [kind === 'LDAPS' ? controller.ldapsUrl : controller.ldapUrl] });
    expect(directory).toMatchObject({ label: 'corp.contoso.test', baseDn: controller.baseDn });
    expect(Date.parse(directory.certificateExpiresAt ?? '')).toBeGreaterThan(Date.now());
    expect(await directory.count(subtree(salesDn))).toBe(18);
  });

  test('shows its tree with the people below each container', async () => {
    const directory = await open();
    const containers = await directory.containers();
    expect(containers.find(({ name }) => name === 'Sales')).toEqual({
      dn: salesDn,
      name: 'Sales',
      directoryId: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      users: 18,
      hasChildren: true,
    });
    expect(await directory.containers(salesDn)).toEqual([
      expect.objectContaining({ name: 'Inside, "quoted" & (more)', users: 5, hasChildren: false }),
    ]);
    await expect(directory.containers(`OU=Nowhere,${controller.baseDn}`)).rejects.toMatchObject({
      code: 'directory.entryNotFound',
    });
  });

  test('lists a container with and without what is below', async () => {
    const directory = await open({ pageSize: 4 });
    const direct = { scope: 'container', dn: salesDn, includeSubtree: false } as const;
    expect((await collect(directory, direct)).users).toHaveLength(13);
    expect((await collect(directory, subtree(salesDn))).users).toHaveLength(18);
    const filtered = { ...subtree(salesDn), userFilter: '(givenName=Anna)' };
    expect(await accountNames(directory, filtered)).toEqual(['i00000', 's00000']);
    await expect(collect(directory, subtree(`OU=Nowhere,${salesDn}`))).rejects.toMatchObject({
      code: 'directory.entryNotFound',
    });
  });

  test('gives people as the product knows them', async () => {
    const directory = await open();
    const { users } = await collect(directory, { scope: 'users', names: ['s00003', 's00011'] });
    expect(users[0]).toMatchObject({
      directoryId: expect.stringMatching(/^[0-9a-f]{8}-/),
      dn: `CN=s00003,${salesDn}`,
      username: 's00003@corp.contoso.test',
      accountName: 's00003',
      firstName: 'David',
      lastName: 'Adams',
      email: 's00003@contoso.test',
      phones: { mobile: '+49 1512 3500003', business: '+49 30 9000003' },
      isAccountEnabled: true,
    });
    expect(users[1]).toMatchObject({ isAccountEnabled: false });
  });

  test('takes members of a group, of groups inside despite a circle, and of a primary group', async () => {
    const directory = await open();
    const members = (dn: string, isRecursive: boolean) =>
      accountNames(directory, { scope: 'group', dn, isRecursive });
    const direct = ['s00000', 's00001', 's00002'];
    const nested = ['i00000', 'i00001', 'i00002', 'i00003', 'i00004'];
    expect(await members(outerDn, false)).toEqual(direct);
    expect(await members(outerDn, true)).toEqual([...nested, ...direct]);
    expect(await members(innerDn, true)).toEqual([...nested, ...direct]);
    const domainUsers = await members(`CN=Domain Users,CN=Users,${controller.baseDn}`, false);
    expect(domainUsers).toEqual(expect.arrayContaining([...nested, ...direct, 'ada', 'Administrator']));
    // Domain Users is a member of Users, so its primary members are, too.
    const users = await members(`CN=Users,CN=Builtin,${controller.baseDn}`, true);
    expect(users).toEqual(expect.arrayContaining(domainUsers));
  });

  test('finds people by every kind of name, each once', async () => {
    const directory = await open();
    const [ada] = (await collect(directory, { scope: 'filter', filter: '(sAMAccountName=ada)' })).users;
    const names = [
      'ADA',
      'ada@corp.contoso.test',
      'CORP\\ada',
      'corp.contoso.test\\ada',
      ada?.dn ?? '',
      ada?.dn.replaceAll(',', ' , ').toLowerCase() ?? '',
      ada?.directoryId.toUpperCase() ?? '',
    ];
    for (const name of names) {
      expect((await collect(directory, { scope: 'users', names: [name] })).users, name).toEqual([ada]);
    }
    expect((await collect(directory, { scope: 'users', names: [...names, 's00001'] })).users).toHaveLength(2);
  });

  test.each([
    'nobody',
    'OTHER\\ada',
    'ada*',
    '*',
    'OU=Sales,DC=corp,DC=contoso,DC=test',
    '00000000-0000-0000-0000-000000000001',
  ])('knows nobody by the name %s', async (name) => {
    const directory = await open();
    const listing = collect(directory, { scope: 'users', names: ['s00001', name] });
    await expect(listing).rejects.toMatchObject({
      code: 'directory.entryNotFound',
      message: expect.stringContaining(name),
    });
  });

  test('asks which one is meant when a name belongs to several people', async () => {
    const directory = await open({ attributes: { username: 'givenName;sAMAccountName' } });
    await expect(collect(directory, { scope: 'users', names: ['Anna'] })).rejects.toMatchObject({
      code: 'directory.invalid',
      message: expect.stringContaining(`CN=s00000,${salesDn}`),
    });
  });

  test('searches names for any text, and takes a filter as it is', async () => {
    const directory = await open();
    const found = async (text: string) => {
      const { users } = await directory.search(text, 100);
      return users.map((user) => user.accountName).sort();
    };
    expect(await found('smith')).toEqual(['ada']);
    expect(await found('a (*)')).toEqual(['ada']);
    expect(await found('*')).toEqual(['ada']);
    expect(await found('jürgen')).toEqual(['s00007']);
    expect(await found('nobody at all')).toEqual([]);
    expect(await found(' (&(givenName=Anna)(sn=A*)) ')).toEqual(['i00000', 's00000']);
    await expect(found('(givenName=Anna')).rejects.toMatchObject({ code: 'directory.filterInvalid' });
  });

  test('says how many more a search would find', async () => {
    const directory = await open();
    const { users, hasMore, total } = await directory.search('contoso.test', 4);
    expect({ users: users.length, hasMore, total }).toEqual({ users: 4, hasMore: true, total: 23 });
    expect(await directory.search('smith', 1)).toMatchObject({ hasMore: false, total: 1 });
  });

  test('lists security groups by a part of their name', async () => {
    const directory = await open();
    expect(await directory.groups('outer')).toEqual([
      expect.objectContaining({ dn: outerDn, name: 'Outer', description: null }),
    ]);
    const names = (await directory.groups()).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['Domain Users', 'Inner', 'Outer']));
    expect(names).toEqual([...names].sort((left, right) => left.localeCompare(right)));
  });

  test('keeps the id of people who are renamed or moved', async () => {
    const directory = await open();
    const { content } = controller;
    const dn = await content.user(salesDn, 'Mover', { sAMAccountName: 'mover' });
    const before = (await collect(directory, { scope: 'users', names: ['mover'] })).users[0];
    await content.rename(dn, `CN=Moved Person,${insideDn}`);
    const after = (await collect(directory, { scope: 'users', names: ['mover'] })).users[0];
    expect(after?.dn).toBe(`CN=Moved Person,${insideDn}`);
    expect(after?.directoryId).toBe(before?.directoryId);
    await content.delete(after?.dn ?? '');
  });

  test('refuses a plain connection: we do before it is opened, the server after', async () => {
    const plain = { urls: [controller.ldapUrl], security: 'none' } as const;
    await expect(open({ ...plain, urls: [...plain.urls] })).rejects.toMatchObject({
      code: 'directory.plainNotAccepted',
      advice: expect.stringContaining('StartTLS'),
    });
    await expect(open({ ...plain, urls: [...plain.urls], acceptsPlain: true })).rejects.toMatchObject({
      code: 'directory.encryptionRequired',
      advice: expect.stringContaining('ldaps://'),
    });
  });

  test.each([
    ['wrongPassword', 'directory.credentials', 'its password is another'],
    ['disabled', 'directory.accountDisabled', 'is disabled'],
    ['expired', 'directory.accountExpired', 'has expired'],
    ['mustChangePassword', 'directory.passwordExpired', 'must change its password'],
    ['locked', 'directory.accountLocked', 'is locked out'],
  ] as const)('says what is wrong with the %s bind account', async (name, code, words) => {
    const attempt = open({}, accounts[name]);
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
    await expect(attempt).rejects.not.toThrow(accounts[name].password);
  });

  test('tells nobody anything without a bind account', async () => {
    const directory = await open({ bindUser: null });
    await expect(directory.containers()).rejects.toMatchObject({
      code: 'directory.accessDenied',
      advice: expect.stringContaining('bind account'),
    });
  });

  test('is not believed with a wrong base DN', async () => {
    const directory = await open({ baseDn: 'DC=elsewhere,DC=test' });
    const people: Selection = { scope: 'filter', filter: '(givenName=*)' };
    const attempts = [
      () => collect(directory, people),
      () => directory.count(people),
      () => directory.containers(),
      () => directory.groups(),
      () => directory.search('anna', 10),
    ];
    for (const attempt of attempts) {
      await expect(attempt()).rejects.toMatchObject({ code: 'directory.entryNotFound' });
    }
  });

  test('follows groups in a group beyond the base DN, to people below it only', async () => {
    const { content } = controller;
    const part = await content.organizationalUnit('Part');
    const [here = '', there = '', alone = ''] = [
      ...(await content.users(part, 1, { prefix: 'here' })),
      ...(await content.users(controller.baseDn, 1, { prefix: 'there' })),
      ...(await content.users(part, 1, { prefix: 'alone' })),
    ];
    const beyond = await content.group(controller.baseDn, 'Beyond', [here, there]);
    const group = await content.group(part, 'In part', [beyond, alone]);
    const directory = await open({ baseDn: part });
    const selection = { scope: 'group', dn: group, isRecursive: true } as const;
    const { users, unusable } = await collect(directory, selection);
    expect(users.map(({ accountName }) => accountName).sort()).toEqual(['alone00000', 'here00000']);
    expect(unusable.map(({ dn }) => dn)).toEqual([]);
    // Asking about a few comes to the same.
    const among: DirectoryUser[] = [];
    for await (const page of directory.users(selection, { among: users.map((user) => user.directoryId) })) {
      among.push(...page.users);
    }
    expect(among.map(({ accountName }) => accountName).sort()).toEqual(['alone00000', 'here00000']);
  });

  function open(settings: Partial<DirectorySettings> = {}, account?: BindAccount): Promise<Directory> {
    const { userPrincipalName, password } = account ?? accounts.working;
    return openTestDirectory(
      { urls: [controller.ldapsUrl], ca: controller.ca, bindUser: userPrincipalName, ...settings },
      password,
    );
  }

  function subtree(dn: string) {
    return { scope: 'container', dn, includeSubtree: true } as const;
  }
});
