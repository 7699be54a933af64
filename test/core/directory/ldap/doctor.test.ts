import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { attributeMap } from '../../../../src/core/directory/attributes.ts';
import { systemServers } from '../../../../src/core/directory/directory-servers.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../../src/core/directory/directory-settings.ts';
import type { Check } from '../../../../src/core/directory/ldap/check.ts';
import { testConnection } from '../../../../src/core/directory/ldap/doctor.ts';
import { startFakeLdap } from '../../../servers/fake-ldap.ts';
import { describeWithServer, sambaServer } from '../../../servers/require-server.ts';
import { type DomainController, startDomainController } from '../../../servers/samba.ts';
import { addBindAccounts, type BindAccounts } from '../../../servers/samba-accounts.ts';
import { openTestDirectory } from './open-test-directory.ts';

const allSteps = [
  'DNS',
  'TCP',
  'TLS',
  'TLS certificate chain',
  'TLS certificate name',
  'TLS certificate expiry',
  'Bind',
  'Base DN',
  'Sample user',
  'Paging',
  'DirSync right',
  'Deleted Objects right',
];

describeWithServer('the connection doctor', sambaServer, () => {
  let controller: DomainController;
  let accounts: BindAccounts;

  beforeAll(async () => {
    controller = await startDomainController();
    const staffDn = await controller.content.organizationalUnit('Staff');
    accounts = await addBindAccounts(controller.content, staffDn);
    await controller.content.users(staffDn, 5);
  });

  afterAll(() => controller?.stop());

  test.each(['LDAPS', 'StartTLS'])('finds a sound connection over %s sound', async (kind) => {
    const { administrator } = controller;
    const checks = await examine(
      {
        urls: [kind === 'LDAPS' ? controller.ldapsUrl : controller.ldapUrl],
        bindUser: administrator.userPrincipalName,
      },
      administrator.password,
    );
    expect(checks.map(({ step, ok }) => [step, ok])).toEqual(allSteps.map((step) => [step, true]));
    expect(checks.find(({ step }) => step === 'TLS certificate chain')?.message).toContain(
      'MFA Console Test CA',
    );
    expect(checks.find(({ step }) => step === 'TLS certificate expiry')).toMatchObject({
      message: expect.stringMatching(/valid for [56] more days/),
      advice: 'Renew the certificate of the server soon.',
    });
    expect(checks.find(({ step }) => step === 'DirSync right')?.advice).toBeNull();
  });

  test('warns about rights that are only a convenience', async () => {
    const checks = await examine({});
    expect(checks.every(({ ok }) => ok)).toBe(true);
    expect(checks.find(({ step }) => step === 'DirSync right')).toMatchObject({
      ok: true,
      advice: expect.stringContaining('Replicating Directory Changes'),
    });
  });

  test('names the attributes that the Global Catalog would hide', async () => {
    const urls = [`${controller.ldapsUrl}:3269`];
    const { step, message } = (await examine({ urls })).find(({ ok }) => !ok) ?? { message: '' };
    expect({ step, message }).toEqual({
      step: 'Sample user',
      message: expect.stringMatching(/^The Global Catalog does not hold .*\bmobile\b/),
    });
    expect(message).not.toContain('givenName');
    const hidden = /hold (.*):/.exec(message)?.[1]?.split(', ') ?? [];
    const attributes = Object.fromEntries(hidden.flatMap(fieldsOf));
    expect((await examine({ urls, attributes })).filter(({ ok }) => !ok)).toEqual([]);
    const { userPrincipalName: bindUser, password } = accounts.working;
    const settings = { urls, ca: controller.ca, bindUser };
    await expect(openTestDirectory(settings, password)).rejects.toMatchObject({
      code: 'directory.invalid',
      message: expect.stringContaining('mobile'),
    });
    expect((await openTestDirectory({ ...settings, attributes }, password)).baseDn).toBe(controller.baseDn);
    const below = await examine({ urls, attributes, baseDn: `CN=Users,${controller.baseDn}` });
    expect(below.find(({ step }) => step === 'Base DN')).toMatchObject({
      ok: true,
      advice: expect.stringContaining(`root domain ${controller.baseDn}`),
    });
  });

  test('names the wrong host', async () => {
    expect(await broken({ urls: ['ldaps://dc1.nowhere.invalid'] })).toEqual([
      'DNS',
      'cannot be resolved',
      11,
    ]);
  });

  test('names the closed port', async () => {
    const url = `${controller.ldapsUrl}:1`;
    expect(await broken({ urls: [url] })).toEqual(['TCP', 'nothing listens there', 10]);
  });

  test('names the port that speaks no TLS', async () => {
    expect(await broken({ urls: [`${controller.ldapsUrl}:389`] })).toEqual([
      'TLS',
      'encrypted connection',
      9,
    ]);
  });

  test('names the untrusted authority', async () => {
    const ca = controller.certificates.untrusted.cert;
    expect(await broken({ ca })).toEqual(['TLS certificate chain', 'not trusted here', 6]);
  });

  test.each([
    ['wrongName', 'TLS certificate name', 'made for another name'],
    ['expired', 'TLS certificate expiry', 'has expired'],
    ['untrusted', 'TLS certificate chain', 'not trusted here'],
  ] as const)('names the %s certificate', async (certificate, step, words) => {
    const other = await startDomainController({ certificate });
    onTestFinished(() => other.stop());
    for (const url of [other.ldapsUrl, other.ldapUrl]) {
      const checks = await examine({ urls: [url], ca: other.ca });
      const failed = checks.filter(({ ok, wasTried }) => !ok && wasTried);
      expect(failed).toMatchObject([{ step, message: expect.stringContaining(words) }]);
      expect(failed[0]?.advice).not.toBeNull();
    }
  });

  test('names the wrong base DN, and the right one', async () => {
    const checks = await examine({ baseDn: 'DC=elsewhere,DC=test' });
    expect(checks.find(({ ok }) => !ok)).toEqual({
      step: 'Base DN',
      server: null,
      ok: false,
      message: expect.stringContaining('"DC=elsewhere,DC=test" is not on'),
      advice: `The server's own is ${controller.baseDn}.`,
      wasTried: true,
    });
  });

  test.each([
    ['wrongPassword', 'its password is another'],
    ['disabled', 'is disabled'],
    ['expired', 'has expired'],
    ['mustChangePassword', 'must change its password'],
    ['locked', 'is locked out'],
  ] as const)('names the %s bind account', async (name, words) => {
    const { userPrincipalName, password } = accounts[name];
    const checks = await examine({ bindUser: userPrincipalName }, password);
    expect(checks.find(({ ok }) => !ok)).toMatchObject({
      step: 'Bind',
      message: expect.stringContaining(words),
    });
    expect(JSON.stringify(checks)).not.toContain(password);
  });

  test('names the plain connection that the server does not want', async () => {
    const plain = { urls: [controller.ldapUrl], security: 'none' as const };
    const accepted = await examine({ ...plain, acceptsPlain: true });
    expect(accepted.find(({ ok }) => !ok)).toMatchObject({
      step: 'Bind',
      message: expect.stringContaining('demands an encrypted connection'),
    });
    expect((await examine(plain)).find(({ ok }) => !ok)?.step).toBe('TLS');
  });

  test('looks at every server, and stops at none', async () => {
    const checks = await examine({ urls: ['ldaps://dc1.nowhere.invalid', controller.ldapsUrl] });
    expect(checks).toHaveLength(allSteps.length * 2);
    expect(checks[0]).toMatchObject({ step: 'DNS', server: 'ldaps://dc1.nowhere.invalid', ok: false });
    const ofSecond = checks.filter(({ server }) => server === controller.ldapsUrl);
    expect(ofSecond.map(({ step, ok }) => [step, ok])).toEqual(allSteps.map((step) => [step, true]));
  });

  /** The step that is broken, whether its message says the words, and how many steps were not tried for it. */
  async function broken(settings: Partial<DirectorySettings>): Promise<[string, string, number]> {
    const checks = await examine(settings);
    const failed = checks.filter(({ ok, wasTried }) => !ok && wasTried);
    const [first] = failed;
    expect(failed).toHaveLength(1);
    const words = ['cannot be resolved', 'nothing listens there', 'encrypted connection', 'not trusted here'];
    const said = words.find((one) => first?.message.includes(one)) ?? first?.message ?? '';
    return [first?.step ?? '', said, checks.filter(({ wasTried }) => !wasTried).length];
  }

  function examine(settings: Partial<DirectorySettings>, password?: string): Promise<Check[]> {
    return checksOf(
      {
        urls: [controller.ldapsUrl],
        ca: controller.ca,
        bindUser: accounts.working.userPrincipalName,
        ...settings,
      },
      password ?? accounts.working.password,
    );
  }
});

test('no server at all is said, too', async () => {
  expect(await checksOf({ urls: [] }, null)).toMatchObject([{ step: 'Servers', ok: false }]);
});

test('a directory without people is suspicious', async () => {
  const server = await startFakeLdap({
    entries: [{ dn: 'DC=fake,DC=contoso,DC=test', attributes: { objectClass: 'domainDNS' } }],
  });
  onTestFinished(() => server.stop());
  const settings = { urls: [server.url], security: 'none' as const, acceptsPlain: true, bindUser: 'reader' };
  const checks = await checksOf(settings, 'secret');
  expect(checks.find(({ ok }) => !ok)).toMatchObject({
    step: 'Sample user',
    message: expect.stringContaining('No user was found'),
    advice: expect.stringContaining('user filter'),
  });
});

async function checksOf(settings: Partial<DirectorySettings>, password: string | null): Promise<Check[]> {
  const complete = directorySettingsSchema.parse({ type: 'activeDirectory', ...settings });
  const checks: Check[] = [];
  for await (const check of testConnection(complete, password, systemServers())) checks.push(check);
  return checks;
}

/** The fields that are read from an attribute by default, mapped to none. */
function fieldsOf(attribute: string): [field: string, none: string][] {
  return Object.entries(attributeMap('activeDirectory', {}))
    .filter(([, name]) => name === attribute)
    .map(([field]) => [field, '']);
}
