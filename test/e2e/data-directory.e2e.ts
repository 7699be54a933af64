import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { finish } from '../helpers/run-command.ts';
import { Installation, newInstallation } from './helpers/installation.ts';

const everybody = ['--container', 'DC=corp,DC=contoso,DC=test'];

describe.skipIf(process.platform === 'win32')('the data directory', () => {
  test('is made for its owner only, with all that is in it', async () => {
    const mfa = newInstallation();
    await mfa.json('import', ...everybody);
    expect(modes(mfa)).toEqual({ '.': '700', 'master.key': '600', 'mfa-console.db': '600' });
    const backup = join(mfa.folder, 'mfa.backup');
    await mfa.json('backup', backup, '--without-key');
    await mfa.json('restore', backup, '--yes');
    const { '.': folder, ...files } = modes(mfa);
    expect(folder).toBe('700');
    for (const [file, mode] of Object.entries(files)) expect(mode, file).toBe('600');
  });

  test('that was there before under no umask gets files for their owner only, from the first moment on', async () => {
    const { folder } = newInstallation();
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    const mfa = new Installation(folder, ['sh', '-c', 'umask 0; exec "$0" "$@"']);
    const following = mfa.start('audit', 'follow', '--json');
    const ended = finish(following);
    const reported = once(following.stdout, 'data');
    await expect.poll(() => readdirSync(folder), { timeout: 20_000 }).toContain('mfa-console.db-wal');
    await mfa.json('users', 'add', 'ada');
    await reported;
    const { '.': _, ...files } = modes(mfa);
    following.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('user.added') });
    for (const [file, mode] of Object.entries(files)) expect(mode, file).toBe('600');
    expect(await mfa.run('doctor')).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('chmod') });
  });

  test('that may not be written is a sentence with what to do', async () => {
    const file = newInstallation().folder;
    writeFileSync(file, '');
    const mfa = new Installation(join(file, 'data'));
    expect(await mfa.run('users', 'list', '--json')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^The data directory \S+ cannot be used: [^\n]+--data[^\n]+\n$/),
      json: { error: { code: 'store.unreadable' } },
    });
  });
});

describe('a damaged database', () => {
  const damages: [string, string, (file: string) => void][] = [
    ['with other content', 'store.corrupt', (file) => writeFileSync(file, 'not a database\n'.repeat(1000))],
    ['cut off', 'store.corrupt', (file) => truncateSync(file, 20_000)],
    ['with a page of zeros at each fourth place', 'store.corrupt', zeroPages],
    ['of a newer version', 'store.newer', (file) => pragma(file, 'user_version = 999')],
  ];

  test.each(damages)('%s (%s) is a sentence, and doctor looks at it', async (_, code, damage) => {
    const mfa = newInstallation();
    await mfa.json('import', ...everybody);
    damage(mfa.database);
    const before = readFileSync(mfa.database);

    const list = await mfa.run('users', 'list', '--json');
    expect(list).toMatchObject({ exitCode: 1, json: { error: { code } } });
    expect(list.stderr).toMatch(/^The database \S+mfa-console\.db [^\n]+\.\n$/);
    const doctor = await mfa.run('doctor');
    expect(doctor).toMatchObject({ exitCode: 1, stderr: '', stdout: expect.stringMatching(/^FAIL {2}/m) });
    expect(readFileSync(mfa.database).equals(before), 'the evidence is as it was').toBe(true);
  });

  test('gives way to a backup', async () => {
    const mfa = newInstallation();
    await mfa.json('import', ...everybody);
    const users = await mfa.json('users', 'list');
    const backup = `${mfa.folder}.backup`;
    await mfa.json('backup', backup, '--without-key');
    zeroPages(mfa.database);
    await mfa.json('restore', backup, '--yes');
    expect(await mfa.json('users', 'list')).toEqual(users);
    expect(await mfa.run('doctor')).toMatchObject({ exitCode: 0 });
  });

  test('without its master key is not opened with a new one', async () => {
    const mfa = newInstallation();
    await mfa.json('users', 'add', 'ada');
    rmSync(join(mfa.folder, 'master.key'));
    const result = await mfa.run('users', 'list', '--json');
    expect(result).toMatchObject({ exitCode: 1, json: { error: { code: 'masterKey.missing' } } });
    expect(readdirSync(mfa.folder)).not.toContain('master.key');
  });
});

/** The rights of the folder and its files, in octal. */
function modes({ folder }: Installation): Record<string, string> {
  const names = ['.', ...readdirSync(folder).toSorted()];
  return Object.fromEntries(
    names.map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
  );
}

function zeroPages(file: string): void {
  const content = readFileSync(file);
  for (let page = 1; page * 4096 < content.length; page += 4) content.fill(0, page * 4096, (page + 1) * 4096);
  writeFileSync(file, content);
}

function pragma(file: string, text: string): void {
  const database = new Database(file);
  database.pragma(text);
  database.close();
}
