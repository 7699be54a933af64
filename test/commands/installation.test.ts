import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

const newFolder = () => join(temporaryFolder(), 'data');

describe('init', () => {
  it('makes what is missing, says so, and may be repeated', async () => {
    const data = newFolder();
    const simulated = await runCommand(data, ['init', '--dry-run', '--json']);
    expect(simulated.json).toEqual({
      dataDirectory: data,
      created: ['data directory', 'master key', 'database'],
      dryRun: true,
    });
    expect(existsSync(data)).toBe(false);
    const first = await runCommand(data, ['init']);
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toContain(`Made database ${join(data, 'mfa-console.db')}`);
    const second = await runCommand(data, ['init', '--json']);
    expect(second.json).toEqual({ dataDirectory: data, created: [], dryRun: false });
    const { json } = await runCommand(data, ['audit', 'list', '--json']);
    expect(json).toMatchObject({ events: [{ action: 'installation.created', target: data }] });
  });
});

describe('status', () => {
  it('works after nothing else, for people and for scripts', async () => {
    const data = newFolder();
    const forPeople = await runCommand(data, ['status']);
    expect(forPeople.exitCode).toBe(0);
    expect(forPeople.stdout).toMatch(/Directory +Sample directory, corp\.contoso\.test/);
    const { json } = await runCommand(data, ['status', '--json']);
    expect(json).toMatchObject({ users: { total: 0 }, lastRun: null, interruptedRuns: [], warnings: [] });
  });

  it('shows warnings with the command that mends them', async () => {
    const data = newFolder();
    await runCommand(data, ['import', '--user', 'asmith']);
    const { exitCode, stdout } = await runCommand(data, ['status']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Users +1 \(1 enabled\)/);
    expect(stdout).toContain('Warning: There is no backup yet.\n  mfa-console backup FILE');
  });

  it('answers a monitoring system with a line and an exit code', async () => {
    const data = newFolder();
    await runCommand(data, ['init']);
    const check = (...more: string[]) => runCommand(data, ['status', '--check', ...more]);
    expect(await check()).toMatchObject({ exitCode: 0, stdout: 'OK\n' });
    await runCommand(data, ['sync', 'items', 'add', 'Everyone', '--filter', '(objectClass=user)']);
    await runCommand(data, ['sync', 'settings', 'set', 'enabled=on']);
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      'WARNING service.stopped: The service does not run, and nothing is synchronized by itself. (and 1 more)\n' +
        'sync.due: Nothing was synchronized since synchronization items or the directory were changed.\n',
    );
    expect(await check('--ignore', 'sync.due', 'service.stopped')).toMatchObject({
      exitCode: 0,
      stdout: 'OK\n',
    });
    expect((await check('--ignore', 'weather.bad')).exitCode).toBe(2);
    const { json } = await runCommand(data, ['status', '--json']);
    expect(json).toMatchObject({
      service: null,
      synchronization: { idle: null, newest: null, failures: 0, isLate: false },
    });
  });
});

describe('doctor', () => {
  it('ends with 0 when all is well and with 1 when not', async () => {
    const data = newFolder();
    const missing = await runCommand(data, ['doctor', '--json']);
    expect(missing.exitCode).toBe(1);
    expect(missing.json).toMatchObject({
      ok: false,
      checks: [{ name: 'Node' }, { name: 'Data directory', ok: false }],
    });
    await runCommand(data, ['init']);
    const sound = await runCommand(data, ['doctor']);
    expect(sound.exitCode).toBe(0);
    expect(sound.stdout).not.toContain('FAIL ');
    if (process.platform === 'win32') return;
    chmodSync(data, 0o755);
    const open = await runCommand(data, ['doctor']);
    expect(open.exitCode).toBe(1);
    expect(open.stdout).toMatch(/FAIL {2}Data directory: .*\n {6}.*chmod/);
  });
});

describe('settings', () => {
  it('are shown, changed and refused', async () => {
    const data = newFolder();
    const changed = await runCommand(data, [
      'settings',
      'set',
      'defaultCountry=DE',
      'pinMinimumLength=6',
      '--json',
    ]);
    expect(changed.json).toMatchObject({
      changed: { defaultCountry: ['US', 'DE'], pinMinimumLength: [4, 6] },
      settings: { defaultCountry: 'DE', blockDays: 90 },
      dryRun: false,
    });
    expect((await runCommand(data, ['settings', 'get', 'pinMinimumLength'])).stdout).toMatch(/^Value +6$/m);
    const one = await runCommand(data, ['settings', 'get', 'defaultMethod', '--json']);
    expect(one.json).toEqual({ settings: { defaultMethod: null }, version: 1 });
    const unknown = await runCommand(data, ['settings', 'set', 'defaultCuntry=FR', '--json']);
    expect(unknown.exitCode).toBe(4);
    expect(unknown.json).toMatchObject({
      error: { code: 'settings.unknown', message: expect.stringContaining('defaultCountry') },
    });
    expect((await runCommand(data, ['settings', 'set', 'nothing'])).exitCode).toBe(2);
  });

  it('are only looked at with --dry-run', async () => {
    const data = newFolder();
    const { stdout } = await runCommand(data, ['settings', 'set', 'blockDays=7', '--dry-run']);
    expect(stdout).toBe('Would change:\nblockDays: 90 -> 7\n');
    expect((await runCommand(data, ['settings', 'get', 'blockDays'])).stdout).toMatch(/^Value +90$/m);
  });
});
