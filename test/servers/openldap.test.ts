import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  Client,
  EqualityFilter,
  NoSuchObjectError,
  type SearchOptions,
  SizeLimitExceededError,
} from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type OpenLdap, type OpenLdapOptions, startOpenLdap } from './openldap.ts';
import { describeWithServer, openLdapServer } from './require-server.ts';

describeWithServer('OpenLDAP server', openLdapServer, () => {
  const options: OpenLdapOptions = {
    users: 1200,
    sizeLimit: 500,
    ldif: 'dn: OU=Empty,DC=big,DC=contoso,DC=test\nobjectClass: organizationalUnit\n',
  };
  let server: OpenLdap;

  beforeAll(async () => {
    server = await startOpenLdap(options);
  });

  afterAll(() => server?.stop());

  test.each([
    [
      '(&(objectCategory=CN=Person,CN=Schema,CN=Configuration,DC=big,DC=contoso,DC=test)(objectClass=user))',
      1200,
    ],
    ['(sAMAccountName=USER0001*)', 10],
    ['(userAccountControl:1.2.840.113556.1.4.803:=512)', 1200],
    ['(userAccountControl:1.2.840.113556.1.4.803:=2)', 0],
    ['(uSNChanged>=11190)', 10],
    ['(sn=Müller)', 108],
  ])('answers the filter %s with %i people, page by page', async (filter, count) => {
    expect(await search(server, { filter, paged: { pageSize: 100 } })).toHaveLength(count);
  });

  test('gives the same people the same objectGUID on every start', async () => {
    const again = await startOpenLdap({ users: 3 });
    const identify: SearchOptions = {
      filter: '(sAMAccountName=user00002)',
      attributes: ['objectGUID'],
      explicitBufferAttributes: ['objectGUID'],
    };
    const [before] = await search(server, identify);
    const [after] = await search(again, identify);
    await again.stop();
    expect(before?.objectGUID).toHaveLength(16);
    expect(after).toEqual(before);
  });

  test('finds a person by the bytes of its objectGUID', async () => {
    const [one] = await search(server, {
      filter: '(sAMAccountName=user00002)',
      explicitBufferAttributes: ['objectGUID'],
    });
    // A Buffer, because ldapts 9 sends escaped bytes above 0x7f in a filter text as UTF-8.
    const filter = new EqualityFilter({ attribute: 'objectGUID', value: one?.objectGUID as Buffer });
    expect(await search(server, { filter })).toHaveLength(1);
  });

  test('breaks off a search without paging at its size limit', async () => {
    const people = search(server, { filter: '(objectClass=user)' });
    await expect(people).rejects.toThrow(SizeLimitExceededError);
  });

  test('counts all pages together on request', async () => {
    const strict = await startOpenLdap({ users: 600, sizeLimit: 500, limitsPagedSearches: true });
    const people = search(strict, { filter: '(objectClass=user)', paged: { pageSize: 100 } });
    await expect(people).rejects.toThrow(SizeLimitExceededError);
    await strict.stop();
  });

  test('shows nothing to strangers', async () => {
    const client = new Client({ url: server.ldapUrl });
    await expect(client.search(server.baseDn)).rejects.toThrow(NoSuchObjectError);
    await client.unbind();
  });

  test('takes TLS from the start and StartTLS, and lets the administrator change people', async () => {
    const client = new Client({ url: server.ldapsUrl, tlsOptions: { ca: server.ca } });
    await client.bind(server.admin.dn, server.admin.password);
    await client.del(`CN=user01199,OU=Department 9,${server.peopleDn}`);
    await client.unbind();
    const plain = new Client({ url: server.ldapUrl });
    await plain.startTLS({ ca: server.ca, servername: 'ldap.contoso.test', host: 'ldap.contoso.test' });
    await plain.bind(server.reader.dn, server.reader.password);
    await plain.unbind();
    expect(await search(server, { filter: '(sAMAccountName=user01199)' })).toEqual([]);
  });

  test('has plain people with an entryUUID on request, and leaves nothing behind', async () => {
    const plain = await startOpenLdap({ users: 5, kind: 'inetOrgPerson' });
    const [person] = await search(plain, {
      filter: '(uid=user00003)',
      attributes: ['entryUUID', 'objectClass', 'mail'],
    });
    await plain.stop();
    expect(person).toMatchObject({ objectClass: 'inetOrgPerson', mail: 'user00003@contoso.test' });
    expect(person?.entryUUID).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(existsSync(dirname(dirname(dirname(plain.caFile))))).toBe(false);
  });
});

async function search(server: OpenLdap, options: SearchOptions) {
  const client = new Client({ url: server.ldapUrl });
  try {
    await client.bind(server.reader.dn, server.reader.password);
    return (await client.search(server.baseDn, options)).searchEntries;
  } finally {
    await client.unbind();
  }
}
