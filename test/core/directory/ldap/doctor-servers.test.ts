import { describe, expect, test } from 'vitest';
import { DirectoryServers } from '../../../../src/core/directory/directory-servers.ts';
import { directorySettingsSchema } from '../../../../src/core/directory/directory-settings.ts';
import { findServers } from '../../../../src/core/directory/ldap/doctor-servers.ts';

function find(urls: string[], known: string[]) {
  const settings = directorySettingsSchema.parse({
    type: 'activeDirectory',
    urls,
    discovery: { domain: 'corp.example', protocol: 'ldaps' },
  });
  const resolveSrv = async () =>
    known.map((name) => {
      return { name, port: 389, priority: 0, weight: 0 };
    });
  return findServers(settings, new DirectoryServers({ resolveSrv, now: () => 0 }));
}

describe('the servers to test', () => {
  test('are those that are named, and those that DNS knows, each once', async () => {
    const { finding, urls } = await find(['ldaps://dc2'], ['dc1', 'dc2']);
    expect(urls).toEqual(['ldaps://dc2', 'ldaps://dc1']);
    expect(finding).toMatchObject({ ok: true, advice: null });
  });

  test('are the named ones where DNS knows none, with a note that says so', async () => {
    const { finding, urls } = await find(['ldaps://dc2'], []);
    expect(urls).toEqual(['ldaps://dc2']);
    expect(finding).toMatchObject({
      ok: true,
      message: expect.stringContaining('DNS names no directory server for corp.example'),
      advice: expect.stringContaining('Only the servers that are named are used.'),
    });
  });

  test('are missing where nobody is named and DNS knows none', async () => {
    expect(await find([], [])).toMatchObject({ finding: { ok: false }, urls: [] });
  });
});
