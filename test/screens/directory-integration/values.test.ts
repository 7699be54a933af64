import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../src/core/directory/directory-settings.ts';
import { readForm } from '../../../src/screens/directory-integration/read-form.ts';
import { settingsOf, valuesOf } from '../../../src/screens/directory-integration/values.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const domain: Partial<DirectorySettings> = {
  type: 'activeDirectory',
  urls: ['ldaps://dc1.corp.example', 'ldaps://dc2.corp.example:1636'],
  baseDn: 'DC=corp,DC=example',
  bindUser: 'reader@corp.example',
};

const settings = (changes: Partial<DirectorySettings> = {}) =>
  directorySettingsSchema.parse({ ...domain, ...changes });

describe('fields of a connection', () => {
  test.each([
    ['a new installation', settings({ type: 'sample', urls: [], baseDn: '', bindUser: null })],
    ['LDAPS', settings()],
    ['StartTLS', settings({ urls: ['ldap://dc1', 'ldap://[::1]:1389'] })],
    ['LDAPS first, then StartTLS', settings({ urls: ['ldaps://dc1', 'ldap://dc2'] })],
    ['no encryption', settings({ urls: ['ldap://dc1'], security: 'none', acceptsPlain: true })],
    ['nobody who logs on', settings({ bindUser: null })],
    ['authorities of its own', settings({ ca: 'PEM' })],
    [
      'filters and attributes',
      settings({ filters: { user: '(a=b)' }, attributes: { mobile: '', fax: 'f' } }),
    ],
    ['servers by DNS', settings({ urls: [], discovery: { domain: 'corp.example', protocol: 'ldaps' } })],
    [
      'servers by DNS with StartTLS',
      settings({ urls: [], discovery: { domain: 'corp.example', protocol: 'ldap' } }),
    ],
    [
      'servers by DNS and others that are reached in another way',
      settings({ urls: ['ldap://dc1'], discovery: { domain: 'corp.example', protocol: 'ldaps' } }),
    ],
    ['trusted domains', settings({ urls: ['ldaps://dc1:3269', 'ldaps://dc2:3269'] })],
    [
      'trusted domains over StartTLS and by DNS',
      settings({
        urls: ['ldap://dc1:3268'],
        discovery: { domain: 'corp.example', protocol: 'ldap', globalCatalog: true },
      }),
    ],
    ['another server', settings({ type: 'ldap', attributes: { username: 'mail' }, pageSize: 7 })],
  ])('give back the settings with %s', (_, before) => {
    expect(settingsOf(valuesOf(before), before)).toEqual(before);
  });

  test('show servers without the protocol that the encryption says', () => {
    expect(valuesOf(settings())).toMatchObject({
      servers: 'dc1.corp.example dc2.corp.example:1636',
      encryption: 'ldaps',
    });
    const mixed = valuesOf(settings({ urls: ['ldaps://dc1', 'ldap://dc2'] }));
    expect(mixed).toMatchObject({ servers: 'ldaps://dc1 dc2', encryption: 'startTls' });
  });

  test.each([
    ['ldaps', 'dc1, dc2;ldap://dc3', ['ldaps://dc1', 'ldaps://dc2', 'ldap://dc3'], 'startTls'],
    ['startTls', ' dc1   ldaps://dc2 ', ['ldap://dc1', 'ldaps://dc2'], 'startTls'],
    ['none', 'dc1', ['ldap://dc1'], 'none'],
  ])('take servers with %s as they are typed: %s', (encryption, servers, urls, security) => {
    const typed = { ...valuesOf(settings()), encryption, servers };
    expect(settingsOf(typed, settings())).toMatchObject({ urls, security, acceptsPlain: false });
  });

  test('include trusted domains by asking the Global Catalog of each server, and no more', () => {
    const forest = settings({ urls: ['ldaps://dc1:3269', 'ldaps://dc2:3269'] });
    const values = valuesOf(forest);
    expect(values).toMatchObject({ servers: 'dc1 dc2', trustedDomains: true });
    expect(settingsOf({ ...values, trustedDomains: false }, forest).urls).toEqual([
      'ldaps://dc1',
      'ldaps://dc2',
    ]);
    const more = { ...values, servers: 'dc1:636 dc3', domain: 'corp.example' };
    expect(settingsOf(more, forest)).toMatchObject({
      urls: ['ldaps://dc1:3269', 'ldaps://dc3:3269'],
      discovery: { domain: 'corp.example', protocol: 'ldaps', globalCatalog: true },
    });
    expect(settingsOf({ ...values, kind: 'ldap' }, forest).urls).toEqual(['ldaps://dc1', 'ldaps://dc2']);
  });

  test('never contain the password', () => {
    expect(valuesOf(settings()).password).toBe('');
  });

  test('begin another type with its own filters and attributes', () => {
    const before = settings({ filters: { user: '(a=b)' }, attributes: { mobile: 'otherMobile' } });
    const after = settingsOf({ ...valuesOf(before), kind: 'ldap' }, before);
    expect(after).toMatchObject({ type: 'ldap', filters: {}, attributes: {} });
    const sample = settingsOf({ ...valuesOf(before), kind: 'sample' }, before);
    expect(sample).toMatchObject({ type: 'sample', urls: before.urls, filters: {}, attributes: {} });
  });
});

describe('reading the fields', () => {
  const stored = { settings: settings(), hasPassword: false, isConfigured: true };
  const read = (changes: Record<string, string | boolean>, hasPassword = true) =>
    readForm({ ...valuesOf(settings()), ...changes }, { ...stored, hasPassword });

  test.each([
    ['servers', { servers: 'http://dc1' }, 'not the address'],
    ['servers', { servers: ' ' }, 'No directory server is named'],
    ['servers', { trustedDomains: true }, 'names a port that is not that of the Global Catalog'],
    ['servers', { servers: 'dc1 dc2:3269' }, 'all domains of the forest'],
    ['domain', { domain: 'not a domain' }, 'not the name of a domain'],
    ['acceptsPlain', { encryption: 'none' }, 'Accept it, or choose LDAPS or StartTLS.'],
    ['password', { bindUser: '', password: 'secret' }, 'no bind account'],
    ['caFile', { trust: 'file', caFile: '/nowhere.pem' }, '/nowhere.pem cannot be read'],
    ['activeDirectory filter user', { 'activeDirectory filter user': '(cn=' }, '(cn='],
    [
      'activeDirectory attribute uniqueIdentifier',
      { 'activeDirectory attribute uniqueIdentifier': '' },
      'recognized',
    ],
  ])('finds what is wrong with %s', (field, changes, words) => {
    expect(read(changes).problems).toEqual({ [field]: expect.stringContaining(words) });
  });

  test('wants a password for a bind account, once', () => {
    expect(read({}, false).problems).toEqual({ password: 'The bind account needs its password.' });
    expect(read({}, true)).toMatchObject({ password: undefined });
    expect(read({ password: ' with blanks ' }, false)).toMatchObject({ password: ' with blanks ' });
    expect(read({ bindUser: '' }, false)).toMatchObject({ settings: { bindUser: null } });
  });

  test('takes plain LDAP when it was accepted, and forgets that with the next encryption', () => {
    const plain = read({ encryption: 'none', acceptsPlain: true });
    expect(plain).toMatchObject({ settings: { security: 'none', acceptsPlain: true } });
    const safe = read({ encryption: 'startTls', acceptsPlain: true });
    expect(safe).toMatchObject({ settings: { security: 'startTls', acceptsPlain: false } });
  });

  test('refuses a CA file without a certificate', () => {
    const caFile = join(temporaryFolder(), 'ca.pem');
    writeFileSync(caFile, 'nothing');
    expect(read({ trust: 'file', caFile }).problems?.caFile).toContain('holds no certificate');
  });

  test('asks nothing of the sample directory', () => {
    expect(read({ kind: 'sample', servers: '', password: 'typed earlier' }, false)).toMatchObject({
      settings: { type: 'sample' },
      password: undefined,
    });
  });
});
