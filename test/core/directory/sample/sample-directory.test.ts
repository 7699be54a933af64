import parsePhoneNumber from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import type { DirectoryUser, Selection } from '../../../../src/core/directory/directory.ts';
import { directorySettingsSchema } from '../../../../src/core/directory/directory-settings.ts';
import { openSampleDirectory } from '../../../../src/core/directory/sample/sample-directory.ts';

const base = 'DC=corp,DC=contoso,DC=test';
const everybody: Selection = { scope: 'container', dn: base, includeSubtree: true };

function open(settings: Record<string, unknown> = {}) {
  return openSampleDirectory(directorySettingsSchema.parse(settings));
}

async function list(selection: Selection, directory = open()): Promise<DirectoryUser[]> {
  const users: DirectoryUser[] = [];
  for await (const page of directory.users(selection)) users.push(...page.users);
  return users;
}

function group(name: string, isRecursive: boolean): Selection {
  return { scope: 'group', dn: `CN=${name},OU=Groups,${base}`, isRecursive };
}

describe('the people of the sample directory', () => {
  it('are some four hundred, each with an id, a DN and a username of their own', async () => {
    const users = await list(everybody);
    expect(users.length).toBeGreaterThan(370);
    expect(users.length).toBeLessThan(430);
    for (const key of ['directoryId', 'dn', 'username', 'accountName'] as const) {
      expect(new Set(users.map((user) => user[key]?.toLowerCase())).size, key).toBe(users.length);
    }
    expect(users.every((user) => (user.accountName ?? '').length <= 20)).toBe(true);
  });

  it('are the same whenever the directory is opened', async () => {
    expect(await list(everybody)).toEqual(await list(everybody));
    const [ada] = await list({ scope: 'users', names: ['asmith'] });
    expect(ada).toMatchObject({
      directoryId: '0e1bcee2-7012-1cf0-5281-3a8bdc6bd0ae',
      dn: `CN=Ada Smith,OU=Sales,${base}`,
      username: 'asmith@corp.contoso.test',
      accountName: 'asmith',
      firstName: 'Ada',
      lastName: 'Smith',
      email: 'asmith@contoso.test',
    });
  });

  it('mostly have phones that can be called, from several countries', async () => {
    const users = await list(everybody);
    const countries = new Set<string>();
    let callable = 0;
    for (const { phones } of users) {
      const number = parsePhoneNumber(phones.mobile ?? phones.business ?? '', 'US');
      if (number?.isValid() !== true) continue;
      callable += 1;
      countries.add(number.country ?? '');
    }
    expect(callable).toBeGreaterThan(users.length * 0.85);
    expect([...countries]).toEqual(expect.arrayContaining(['US', 'DE', 'FR', 'JP', 'ES', 'IT', 'NL', 'BR']));
  });

  it('have everything that real directories are full of', async () => {
    const users = await list(everybody);
    const some = (test: (user: DirectoryUser) => boolean) => users.filter(test).length;
    expect(some((user) => !user.isAccountEnabled)).toBeGreaterThan(20);
    expect(some((user) => Object.keys(user.phones).length === 0)).toBeGreaterThan(15);
    expect(
      some((user) => user.phones.mobile === undefined && user.phones.business !== undefined),
    ).toBeGreaterThan(20);
    expect(some((user) => user.phones.mobile === 'on request')).toBeGreaterThan(0);
    expect(some((user) => / x\d{3}$/.test(user.phones.business ?? ''))).toBeGreaterThan(100);
    expect(some((user) => user.email === null)).toBeGreaterThan(8);
    expect(some((user) => user.username === user.accountName)).toBeGreaterThan(8);
    expect(some((user) => user.lastName === '田中')).toBeGreaterThan(0);
    expect(some((user) => user.lastName === 'Müller')).toBeGreaterThan(0);
    expect(some((user) => user.lastName === 'Doe' && user.firstName === 'Jane')).toBe(3);
  });
});

describe('containers', () => {
  it('form a tree with counts of everybody below', async () => {
    const directory = open();
    const top = await directory.containers();
    expect(top.map((container) => container.name)).toEqual(
      [...top.map((container) => container.name)].sort(),
    );
    const sales = top.find((container) => container.name === 'Sales');
    expect(sales).toMatchObject({ dn: `OU=Sales,${base}`, hasChildren: true });
    expect(sales?.users).toBe(
      (await list({ scope: 'container', dn: `OU=Sales,${base}`, includeSubtree: true })).length,
    );
    const below = await directory.containers(`OU=Engineering,${base}`);
    expect(below.map(({ name, hasChildren }) => [name, hasChildren])).toEqual([
      ['Platform', false],
      ['Quality', false],
      ['Research', true],
    ]);
    expect(top.reduce((sum, container) => sum + container.users, 0)).toBe(await directory.count(everybody));
  });

  it('list one level or everything below', async () => {
    const one = await list({ scope: 'container', dn: `OU=Sales,${base}`, includeSubtree: false });
    const all = await list({ scope: 'container', dn: `OU=Sales,${base}`, includeSubtree: true });
    expect(one.length).toBeGreaterThan(20);
    expect(all.length).toBeGreaterThan(one.length + 50);
  });

  it('are found whatever the case and the spaces of their DN', async () => {
    const users = await list({
      scope: 'container',
      dn: 'ou=SALES, dc=Corp ,DC = contoso,dc=test',
      includeSubtree: true,
    });
    expect(users.length).toBeGreaterThan(80);
  });
});

describe('groups', () => {
  it('are found by a part of their name', async () => {
    const groups = await open().groups('aurora');
    expect(groups.map((one) => one.name)).toEqual(['Aurora Reviewers', 'Project Aurora']);
    expect(groups[0]?.description).toContain('Reviewers');
  });

  it('give direct members only, unless asked for those of nested groups', async () => {
    expect(await list(group('All Sales', false))).toEqual([]);
    const all = await list(group('All Sales', true));
    expect(new Set(all.map((user) => user.directoryId)).size).toBe(all.length);
    expect(all.length).toBe(84);
  });

  it('that contain each other end, with everybody once', async () => {
    const aurora = await list(group('Project Aurora', true));
    const reviewers = await list(group('Aurora Reviewers', true));
    expect(aurora.map((user) => user.dn).sort()).toEqual(reviewers.map((user) => user.dn).sort());
    expect(aurora.length).toBe(19);
  });

  it('that are the primary group contain everybody', async () => {
    const selection: Selection = {
      scope: 'group',
      dn: `CN=Domain Users,CN=Users,${base}`,
      isRecursive: false,
    };
    expect(await open().count(selection)).toBe(await open().count(everybody));
  });

  it('report members from another domain instead of dropping them', async () => {
    const pages = [];
    for await (const page of open().users(group('Partner Access', false))) pages.push(page);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.users.map((user) => user.accountName)).toEqual(['jdoe']);
    expect(pages[0]?.unusable).toEqual([
      { dn: expect.stringContaining('ForeignSecurityPrincipals'), reason: 'it belongs to another domain' },
    ]);
  });
});

describe('named users', () => {
  it('are found by id, DN, user principal name, account name and domain name, each once', async () => {
    const [ada] = await list({ scope: 'users', names: ['asmith'] });
    const names = [
      ada?.directoryId ?? '',
      ada?.dn ?? '',
      'ASMITH@corp.contoso.test',
      'CORP\\asmith',
      'asmith',
    ];
    expect(await list({ scope: 'users', names })).toEqual([ada]);
  });

  it('that do not exist are an error, and nobody is listed', async () => {
    await expect(list({ scope: 'users', names: ['asmith', 'nobody'] })).rejects.toMatchObject({
      code: 'directory.entryNotFound',
      message: expect.stringContaining('nobody'),
    });
  });
});

describe('several selections', () => {
  it('are listed as one, with everybody once and all that cannot be a user', async () => {
    const sales = { scope: 'container', dn: `OU=Sales,${base}`, includeSubtree: false } as const;
    const inside = {
      scope: 'container',
      dn: `OU=Inside Sales,OU=Sales,${base}`,
      includeSubtree: true,
    } as const;
    const ada = { scope: 'users', names: ['asmith', 'jmueller'] } as const;
    const partners = {
      scope: 'group',
      dn: `CN=Partner Access,OU=Groups,${base}`,
      isRecursive: false,
    } as const;
    const all: Selection = { scope: 'several', selections: [sales, inside, ada, partners] };
    const apart = await Promise.all([sales, inside, ada, partners].map((one) => list(one)));
    const dns = (await list(all)).map(({ dn }) => dn);
    expect(new Set(dns)).toEqual(new Set(apart.flat().map(({ dn }) => dn)));
    expect(dns.length).toBe(new Set(dns).size);
    expect(dns.length).toBeLessThan(apart.flat().length);
    const pages = [];
    for await (const page of open().users(all)) pages.push(page);
    expect(pages.flatMap(({ unusable }) => unusable)).toHaveLength(1);
    expect(await open().count(all)).toBe(dns.length);
  });
});

describe('search', () => {
  it('finds by name without accents, by account and by e-mail', async () => {
    const directory = open();
    for (const text of ['muller', 'jmueller', 'JMUELLER@contoso']) {
      const { users } = await directory.search(text, 50);
      expect(
        users.map((user) => user.accountName),
        text,
      ).toContain('jmueller');
    }
    expect((await directory.search('田中', 50)).users.length).toBeGreaterThan(0);
  });

  it('takes a filter, and says when the limit hides some', async () => {
    const found = await open().search('(&(department=Sales)(title=Account*))', 5);
    expect(found.users).toHaveLength(5);
    expect(found.hasMore).toBe(true);
    await expect(open().search('(department=Sales', 5)).rejects.toMatchObject({
      code: 'directory.filterInvalid',
    });
  });

  it.each(['muller', 'a*(b)', '(title=Account*)', ''])('of "%s" says how to list all of it', async (text) => {
    const directory = open();
    const { users, filter } = await directory.search(text, 1000);
    expect(await list({ scope: 'filter', filter }, directory)).toEqual(users);
  });
});

describe('settings', () => {
  it('map other attributes, as with a real directory', async () => {
    const directory = open({
      attributes: {
        username: 'sAMAccountName',
        userGroup: 'department',
        languageMobileApp: 'preferredLanguage',
      },
    });
    const [user] = await list({ scope: 'users', names: ['jmueller'] }, directory);
    expect(user).toMatchObject({ username: 'jmueller', userGroup: 'Sales', languageMobileApp: 'de' });
  });

  it('narrow users by a filter, and a selection narrows them further', async () => {
    const directory = open({ filters: { user: '(!(userAccountControl:1.2.840.113556.1.4.803:=2))' } });
    const enabled = await list(everybody, directory);
    expect(enabled.every((user) => user.isAccountEnabled)).toBe(true);
    const german = await list({ ...everybody, userFilter: '(c=DE)' }, directory);
    expect(german.length).toBeGreaterThan(30);
    expect(german.length).toBeLessThan(enabled.length);
  });

  it('do not move the base DN', () => {
    expect(open({ baseDn: 'DC=elsewhere' }).baseDn).toBe(base);
  });
});

describe('a listing', () => {
  it('comes in pages, and stops when it is cancelled', async () => {
    const abort = new AbortController();
    let users = 0;
    const listing = async () => {
      for await (const page of open().users(everybody, { signal: abort.signal })) {
        users += page.users.length;
        abort.abort();
      }
    };
    await expect(listing()).rejects.toMatchObject({ code: 'run.cancelled' });
    expect(users).toBe(100);
  });

  it('of a container or group that does not exist is an error', async () => {
    const missing: Selection[] = [
      { scope: 'container', dn: `OU=Nowhere,${base}`, includeSubtree: true },
      group('Nobody', true),
    ];
    for (const selection of missing) {
      await expect(list(selection)).rejects.toMatchObject({ code: 'directory.entryNotFound' });
    }
    await expect(open().containers('OU=Nowhere')).rejects.toMatchObject({ code: 'directory.entryNotFound' });
  });
});
