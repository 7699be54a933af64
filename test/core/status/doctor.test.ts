import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { openCore } from '../../../src/core/core.ts';
import { type DataDirectory, locateDataDirectory } from '../../../src/core/data-directory.ts';
import { directorySettingsSchema } from '../../../src/core/directory/directory-settings.ts';
import { createMasterKey } from '../../../src/core/secrets/master-key.ts';
import type { Check } from '../../../src/core/status/check.ts';
import { examine } from '../../../src/core/status/doctor.ts';
import { checkNode } from '../../../src/core/status/file-checks.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

/** An installation with a secret and an event, closed again. */
function installation(settings: Record<string, unknown> = {}): DataDirectory {
  const dataDirectory = locateDataDirectory(join(temporaryFolder(), 'data'), {});
  const core = openCore({ dataDirectory });
  core.secrets.set('directory.bindPassword', 'swordfish');
  core.audit.append({ action: 'test.event' });
  core.directorySettings.save(directorySettingsSchema.parse(settings));
  core.close();
  return dataDirectory;
}

async function examineAll(directory: DataDirectory): Promise<Check[]> {
  const checks: Check[] = [];
  for await (const check of examine(directory, systemClock)) checks.push(check);
  return checks;
}

async function failures(directory: DataDirectory): Promise<Check[]> {
  return (await examineAll(directory)).filter((check) => !check.ok);
}

describe('a sound installation', () => {
  it('passes every check', async () => {
    const checks = await examineAll(installation());
    expect(checks.map(({ name, ok }) => [name, ok])).toEqual([
      ['Node', true],
      ['Data directory', true],
      ['Disk space', true],
      ['Database', true],
      ['Schema', true],
      ['Master key', true],
      ['Audit log', true],
      ['Directory', true],
    ]);
    expect(checks.every((check) => check.advice === null)).toBe(true);
  });
});

describe('the doctor finds', () => {
  it('that there is no data directory, and makes none', async () => {
    const directory = locateDataDirectory(join(temporaryFolder(), 'none'), {});
    expect(await failures(directory)).toMatchObject([
      { name: 'Data directory', advice: expect.stringContaining('mfa-console init') },
    ]);
    expect(existsSync(directory.path)).toBe(false);
  });

  it('that there is no database, and makes none', async () => {
    const directory = installation();
    rmSync(directory.database);
    expect(await failures(directory)).toMatchObject([
      { name: 'Database', message: expect.stringContaining('no database') },
    ]);
    expect(existsSync(directory.database)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('files that others may read', async () => {
    const directory = installation();
    chmodSync(directory.masterKey, 0o644);
    expect(await failures(directory)).toMatchObject([
      {
        name: 'Data directory',
        message: expect.stringContaining('master.key'),
        advice: expect.stringContaining('chmod'),
      },
    ]);
  });

  it('a file that is no database', async () => {
    const directory = installation();
    writeFileSync(directory.database, 'x'.repeat(8192));
    expect(await failures(directory)).toMatchObject([
      { name: 'Database', message: expect.stringContaining('damaged') },
    ]);
  });

  it('a damaged page in the database', async () => {
    const directory = installation();
    const bytes = readFileSync(directory.database);
    const database = new Database(directory.database, { readonly: true });
    const page = database
      .prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'users'")
      .pluck()
      .get() as number;
    database.close();
    bytes.fill(0xff, (page - 1) * 4096, page * 4096);
    writeFileSync(directory.database, bytes);
    const found = await failures(directory);
    expect(found[0]).toMatchObject({ name: 'Database', advice: expect.stringContaining('restore') });
  });

  it('a newer schema', async () => {
    const directory = installation();
    const database = new Database(directory.database);
    database.pragma('user_version = 99');
    database.close();
    expect(await failures(directory)).toMatchObject([{ message: expect.stringContaining('schema 99') }]);
  });

  it('a missing master key, and one of another installation', async () => {
    const directory = installation();
    rmSync(directory.masterKey);
    expect(await failures(directory)).toMatchObject([
      { name: 'Master key', message: expect.stringContaining('missing') },
    ]);
    createMasterKey(directory.masterKey);
    expect(await failures(directory)).toMatchObject([
      { name: 'Master key', message: 'It does not open: directory.bindPassword.' },
      { name: 'Audit log', message: expect.stringContaining('broken at event 1') },
    ]);
  });

  it('an audit log that was changed', async () => {
    const directory = installation();
    const database = new Database(directory.database);
    database.exec("UPDATE audit_events SET actor = 'eve'");
    database.close();
    expect(await failures(directory)).toMatchObject([
      { name: 'Audit log', advice: expect.stringContaining('audit verify') },
    ]);
  });

  it('what is wrong with the connection to the directory', async () => {
    const directory = installation({
      type: 'activeDirectory',
      urls: ['ldaps://127.0.0.1:1'],
      baseDn: 'DC=x',
    });
    const [first] = await failures(directory);
    expect(first?.name).toBe('Directory: TCP');
    expect(first?.advice).not.toBeNull();
  });

  it('a Node that is too old', () => {
    expect(checkNode('20.19.0')).toMatchObject({ ok: false, advice: 'Install Node 24 or newer.' });
  });
});
