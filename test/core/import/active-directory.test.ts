import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Selection } from '../../../src/core/directory/directory.ts';
import type { DirectorySettings } from '../../../src/core/directory/directory-settings.ts';
import { type ImportRules, importRulesSchema } from '../../../src/core/import/import-rules.ts';
import type { Run, RunChange } from '../../../src/core/runs/run.ts';
import { importSettings } from '../../../src/core/settings/change-settings.ts';
import { connectedCore } from '../../helpers/connected-core.ts';
import { kindsOf } from '../../helpers/memory-import.ts';
import type { TemporaryCore } from '../../helpers/temporary-core.ts';
import { describeWithServer, sambaServer } from '../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../servers/samba.ts';
import { addBindAccounts, type BindAccounts } from '../../servers/samba-accounts.ts';

describeWithServer('an import from Active Directory', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;
  let salesDn: string;
  let insideDn: string;
  let outerDn: string;

  beforeAll(async () => {
    controller = await startDomainController();
    const { content } = controller;
    salesDn = await content.organizationalUnit('Sales');
    insideDn = await content.organizationalUnit('Inside', salesDn);
    accounts = await addBindAccounts(content, await content.organizationalUnit('Service Accounts'));
    const sales = await content.users(salesDn, 6, { prefix: 's' });
    const inside = await content.users(insideDn, 4, { prefix: 'i' });
    await content.disable(sales[5] ?? '');
    const innerDn = await content.group(salesDn, 'Inner', inside);
    outerDn = await content.group(salesDn, 'Outer', [innerDn, ...sales.slice(0, 2)]);
    await content.addMembers(innerDn, [outerDn]);
  });

  afterAll(() => controller?.stop());

  describe.each(['LDAPS', 'StartTLS'] as const)('over %s', (kind) => {
    const direct = names('s', 6);
    const nested = names('i', 4);

    test.each<[string, () => Selection, readonly string[]]>([
      [
        'an OU without what is below',
        () => ({ scope: 'container', dn: salesDn, includeSubtree: false }),
        direct,
      ],
      [
        'an OU and what is below',
        () => ({ scope: 'container', dn: salesDn, includeSubtree: true }),
        [...nested, ...direct],
      ],
      ['the members of a group', () => ({ scope: 'group', dn: outerDn, isRecursive: false }), names('s', 2)],
      [
        'the members of a group in a circle of groups',
        () => ({ scope: 'group', dn: outerDn, isRecursive: true }),
        [...nested, ...names('s', 2)],
      ],
      [
        'a primary group, narrowed by a filter',
        () => ({
          scope: 'group',
          dn: `CN=Domain Users,CN=Users,${controller.baseDn}`,
          isRecursive: false,
          userFilter: '(givenName=Anna)',
        }),
        ['i00000', 's00000'],
      ],
      [
        'named users',
        () => ({ scope: 'users', names: ['s00001', 'CORP\\i00002', `CN=s00003,${salesDn}`] }),
        ['i00002', 's00001', 's00003'],
      ],
      ['a filter', () => ({ scope: 'filter', filter: '(&(givenName=Bob)(sn=Adams))' }), ['i00001', 's00001']],
    ])('of %s does what its preview says, and nothing when repeated', async (_what, selection, expected) => {
      const core = open({ urls: [kind === 'LDAPS' ? controller.ldapsUrl : controller.ldapUrl] });
      const preview = await importUsers(core, selection(), {}, true);
      expect(core.users.list().total).toBe(0);
      const done = await importUsers(core, selection());
      expect(done.run).toMatchObject({ state: 'completed', counts: { added: expected.length } });
      expect(done.lines.map((line) => ({ ...line, auditSequence: null }))).toEqual(preview.lines);
      expect(usernames(core)).toEqual(expected.map(inDomain));

      const again = await importUsers(core, selection(), { updateExisting: true });
      expect(again.run.counts).toMatchObject({ read: expected.length, unchanged: expected.length });
    });
  });

  test('takes names, e-mail, phones and the state of the account over', async () => {
    const core = open();
    const { lines } = await importUsers(
      core,
      { scope: 'container', dn: salesDn, includeSubtree: false },
      { backupPhone: 'business' },
    );
    expect(core.users.find(inDomain('s00003'))).toMatchObject({
      firstName: 'David',
      lastName: 'Adams',
      email: 's00003@contoso.test',
      phone: '+4915123500003',
      backupPhone: '+49309000003',
      enabled: true,
      source: 'import',
      directoryDn: `CN=s00003,${salesDn}`,
    });
    expect(core.users.find(inDomain('s00005')).enabled).toBe(false);
    expect(lines.find(({ username }) => username === inDomain('s00005'))?.reason).toContain('is disabled');
  });

  describe('of people who change', () => {
    const people = () => ({ scope: 'container', dn: changingDn, includeSubtree: true }) as const;
    let changingDn: string;
    let elsewhereDn: string;
    let count = 0;

    beforeEach(async () => {
      count += 1;
      changingDn = await controller.content.organizationalUnit(`Changing ${count}`);
      elsewhereDn = await controller.content.organizationalUnit('Elsewhere', changingDn);
    });

    test('keeps the user who is renamed and moved', async () => {
      const { content } = controller;
      const dn = await content.user(changingDn, `mover${count}`);
      const core = open();
      await importUsers(core, people());
      const [before] = core.users.list().users;

      const newDn = `CN=Married Person,${elsewhereDn}`;
      await content.rename(dn, newDn);
      await content.set(newDn, {
        sAMAccountName: `married${count}`,
        userPrincipalName: inDomain(`married${count}`),
      });
      const without = await importUsers(core, people());
      expect(without.lines).toMatchObject([
        { change: 'skipped', reason: expect.stringMatching(/would change username, directoryDn$/) },
      ]);
      expect(core.users.list().users).toEqual([before]);

      const { lines } = await importUsers(core, people(), { updateExisting: true });
      expect(lines).toMatchObject([
        {
          change: 'updated',
          fields: {
            username: [inDomain(`mover${count}`), inDomain(`married${count}`)],
            directoryDn: [dn, newDn],
          },
        },
      ]);
      const [after, ...others] = core.users.list().users;
      expect(others).toEqual([]);
      expect(after).toMatchObject({
        id: before?.id,
        directoryId: before?.directoryId,
        username: inDomain(`married${count}`),
      });
    });

    test('takes two who swap their names for whom they are', async () => {
      const { content } = controller;
      const [left, right] = [`left${count}`, `right${count}`];
      const leftDn = await content.user(changingDn, left);
      const rightDn = await content.user(changingDn, right);
      const core = open();
      await importUsers(core, people());
      const idBefore = core.users.find(inDomain(left)).directoryId;

      const name = (login: string) => ({ sAMAccountName: login, userPrincipalName: inDomain(login) });
      await content.set(leftDn, name(`passing${count}`));
      await content.set(rightDn, name(left));
      await content.set(leftDn, name(right));
      const { lines } = await importUsers(core, people(), { updateExisting: true });
      expect(kindsOf(lines)).toEqual({ [inDomain(left)]: 'updated', [inDomain(right)]: 'updated' });
      expect(core.users.find(inDomain(right)).directoryId).toBe(idBefore);
    });

    test('takes a person who was deleted and made again under the same name for another', async () => {
      const { content } = controller;
      const dn = await content.user(changingDn, `reborn${count}`, { mail: 'first@contoso.test' });
      const core = open();
      await importUsers(core, people());
      const [before] = core.users.list().users;

      await content.delete(dn);
      await content.user(changingDn, `reborn${count}`, { mail: 'second@contoso.test' });
      const rules = { updateExisting: true, takeOver: true };
      const { run, lines } = await importUsers(core, people(), rules);
      expect(lines).toMatchObject([
        {
          change: 'conflict',
          username: inDomain(`reborn${count}`),
          reason: expect.stringContaining(`another person of the directory (${before?.directoryId})`),
        },
      ]);
      expect(run).toMatchObject({ state: 'completed', counts: { conflicts: 1 } });
      expect(core.users.list().users).toEqual([before]);
    });
  });

  test.each([
    ['the name of a user', () => inDomain('s00001').toUpperCase()],
    ['an account name', () => 's00001'],
    ['a domain and an account name', () => 'CORP\\s00001'],
    ['a DNS domain and an account name', () => 'corp.contoso.test\\S00001'],
  ])('makes users who are found by %s', async (_, name) => {
    const core = open();
    await importUsers(core, { scope: 'users', names: ['s00001'] });
    importSettings(core, { usernameResolution: 'directoryId' });
    expect((await core.resolveUser(name())).username).toBe(inDomain('s00001'));
    await expect(core.resolveUser('ELSEWHERE\\s00001')).rejects.toMatchObject({ code: 'user.notFound' });
  });

  test('is refused over a plain connection, with what to do instead', async () => {
    const core = open({ urls: [controller.ldapUrl], security: 'none', acceptsPlain: true });
    const refused = importUsers(core, { scope: 'users', names: ['s00001'] });
    await expect(refused).rejects.toMatchObject({
      code: 'directory.encryptionRequired',
      advice: expect.stringContaining('ldaps://'),
    });
    expect(core.runs.list(1)).toEqual([]);
  });

  function open(settings: Partial<DirectorySettings> = {}): TemporaryCore {
    const { userPrincipalName, password } = accounts.working;
    return connectedCore(
      {
        urls: [controller.ldapsUrl],
        baseDn: controller.baseDn,
        ca: controller.ca,
        bindUser: userPrincipalName,
        pageSize: 3,
        ...settings,
      },
      password,
    );
  }

  async function importUsers(
    core: TemporaryCore,
    selection: Selection,
    rules: Partial<ImportRules> = {},
    dryRun = false,
  ): Promise<{ run: Run; lines: RunChange[] }> {
    const lines: RunChange[] = [];
    const onChanges = (changes: readonly RunChange[]) => void lines.push(...changes);
    const request = { selection, rules: importRulesSchema.parse(rules) };
    const run = await core.importUsers(request, { dryRun, onChanges });
    expect(run.error).toBeNull();
    return { run, lines };
  }

  function inDomain(login: string): string {
    return `${login}@${controller.domain}`;
  }

  function usernames(core: TemporaryCore): string[] {
    return core.users.list().users.map(({ username }) => username);
  }
});

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}0000${index}`);
}
