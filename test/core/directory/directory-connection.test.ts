import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import { connectionProblems } from '../../../src/core/directory/connection-problems.ts';
import {
  type DirectorySettings,
  directorySettingsSchema,
} from '../../../src/core/directory/directory-settings.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const settingsOf = (changes: Partial<DirectorySettings> = {}) =>
  directorySettingsSchema.parse({
    type: 'activeDirectory',
    urls: ['ldaps://dc1.corp.example'],
    baseDn: 'DC=corp,DC=example',
    bindUser: 'reader@corp.example',
    ...changes,
  });

function newConnection() {
  const core = temporaryCore();
  const { directoryConnection: connection } = core;
  const save = (after: DirectorySettings, password?: string) =>
    connection.save({ before: connection.load().settings, after, password });
  const events = () => listAudit(core.store, { action: 'directory.changed' }, 10);
  return { core, connection, save, events };
}

describe('the connection to the directory', () => {
  test('is the sample company until somebody chooses, which may be the sample company, too', () => {
    const { connection, save, events } = newConnection();
    expect(connection.load()).toMatchObject({ settings: { type: 'sample' }, isConfigured: false });
    expect(save(connection.load().settings)).toEqual({ type: [null, 'sample'] });
    expect(connection.load()).toMatchObject({ settings: { type: 'sample' }, isConfigured: true });
    expect(events()).toMatchObject([{ target: 'sample', details: { fields: { type: [null, 'sample'] } } }]);
    expect(save(connection.load().settings)).toEqual({});
    expect(events()).toHaveLength(1);
  });

  test('is saved with old and new values in the audit log, one by one, and without the password', () => {
    const { core, connection, save, events } = newConnection();
    save(settingsOf(), 'first secret');
    save(settingsOf({ pageSize: 100, filters: { user: '(a=b)' }, attributes: { mobile: '' } }), 'other');
    expect(connection.load()).toMatchObject({ settings: { pageSize: 100 }, hasPassword: true });
    expect(core.secrets.get('directory.bindPassword')).toBe('other');
    expect(events()[0]?.details).toEqual({
      fields: {
        pageSize: [500, 100],
        'filters.user': [null, '(a=b)'],
        'attributes.mobile': [null, ''],
        bindPassword: ['set', 'set anew'],
      },
    });
    expect(JSON.stringify(events())).not.toMatch(/secret|other/);
  });

  test('keeps its password until there is no account for it', () => {
    const { core, save, events } = newConnection();
    save(settingsOf(), 'secret');
    save(settingsOf({ pageSize: 100 }));
    expect(core.secrets.has('directory.bindPassword')).toBe(true);
    save(settingsOf({ pageSize: 100, bindUser: null }));
    expect(core.secrets.has('directory.bindPassword')).toBe(false);
    expect(events()[0]?.details).toMatchObject({ fields: { bindPassword: ['set', null] } });
  });

  test('is not written over a change of somebody else that was not seen', () => {
    const { core, connection } = newConnection();
    const before = connection.load().settings;
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    other.directoryConnection.save({ before, after: settingsOf() });
    const change = { before, after: settingsOf({ pageSize: 7 }) };
    expect(() => connection.save(change)).toThrow('was changed by other@test');
    expect(connection.load().settings.pageSize).toBe(500);
    expect(connection.save({ ...change, before: connection.load().settings })).toEqual({
      pageSize: [500, 7],
    });
  });

  test('tells what would change without writing it', () => {
    const { connection, events } = newConnection();
    const { settings: before } = connection.load();
    const changes = connection.save({ before, after: settingsOf(), password: 'secret', dryRun: true });
    expect(changes).toMatchObject({ type: ['sample', 'activeDirectory'], bindPassword: [null, 'set anew'] });
    expect(connection.load()).toMatchObject({ hasPassword: false, isConfigured: false });
    expect(events()).toEqual([]);
  });

  test('to the sample company has nothing to test', async () => {
    const { connection } = newConnection();
    const checks = [];
    for await (const check of connection.test(connection.load().settings, undefined)) checks.push(check);
    expect(checks).toMatchObject([{ step: 'Sample directory', ok: true }]);
  });
});

describe('settings of a connection', () => {
  test('are right as they are by default, but for the server', () => {
    expect(connectionProblems(settingsOf())).toEqual([]);
    expect(connectionProblems(directorySettingsSchema.parse({}))).toEqual([]);
    expect(connectionProblems(settingsOf({ urls: [] }))).toMatchObject([{ setting: 'urls' }]);
  });

  test.each([
    ['urls', { urls: ['ldaps://dc1', 'http://dc2'] }, 'directory.invalid'],
    ['acceptsPlain', { urls: ['LDAP://dc1'], security: 'none' }, 'directory.plainNotAccepted'],
    ['filters.group', { filters: { group: '(cn=' } }, 'directory.filterInvalid'],
    ['attributes.uniqueIdentifier', { attributes: { uniqueIdentifier: '' } }, 'directory.invalid'],
  ] as const)('have a problem with %s', (setting, changes, code) => {
    const problems = connectionProblems(settingsOf(changes as Partial<DirectorySettings>));
    expect(problems).toMatchObject([{ setting, error: { code } }]);
  });

  test('may travel plainly when that was accepted', () => {
    const plain = { urls: ['ldap://dc1'], security: 'none', acceptsPlain: true } as const;
    expect(connectionProblems(settingsOf({ ...plain, urls: [...plain.urls] }))).toEqual([]);
  });
});
