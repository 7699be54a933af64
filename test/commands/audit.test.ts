import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openCore } from '../../src/core/core.ts';
import { locateDataDirectory } from '../../src/core/data-directory.ts';
import { runCommand, spawnCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

function dataDirectoryWithEvents() {
  const folder = join(temporaryFolder(), 'data');
  const append = (...targets: string[]) => {
    const core = openCore({ dataDirectory: locateDataDirectory(folder, {}), actor: 'admin@dc1' });
    core.audit.appendAll(targets.map((target) => ({ action: 'user.added', target })));
    core.close();
  };
  append('ada', 'ben', '\u001b[31mred');
  return { folder, append };
}

describe('audit list', () => {
  it('prints a table in which names cannot steer the terminal', async () => {
    const { folder } = dataDirectoryWithEvents();
    const { exitCode, stdout } = await runCommand(folder, ['audit', 'list']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/ada.*success/);
    expect(stdout).not.toContain('\u001b');
  });

  it('with --json gives the wanted events', async () => {
    const { folder } = dataDirectoryWithEvents();
    const { json } = await runCommand(folder, [
      'audit',
      'list',
      '--json',
      '--target',
      'BEN',
      '--since',
      '1h',
    ]);
    expect(json).toEqual({
      events: [expect.objectContaining({ sequence: 2, target: 'ben', details: null })],
    });
  });

  it('refuses a limit that is no number and a time that is none', async () => {
    const { folder } = dataDirectoryWithEvents();
    expect((await runCommand(folder, ['audit', 'list', '--limit', 'all'])).exitCode).toBe(2);
    const { exitCode, stderr } = await runCommand(folder, ['audit', 'list', '--since', 'noon']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('"noon" is not a time');
  });
});

describe('audit follow', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('prints what others write, and ends well at %s', async (signal) => {
    const { folder, append } = dataDirectoryWithEvents();
    const child = spawnCommand(folder, ['audit', 'follow', '--json', '--last', '1', '--action', 'user']);
    const lines = createInterface({ input: child.stdout });
    const seen: string[] = [];
    const finished = once(child, 'close');
    for await (const line of lines) {
      seen.push((JSON.parse(line) as { target: string }).target);
      if (seen.length === 1) append('carla', 'derek');
      if (seen.length === 3) break;
    }
    child.kill(signal);
    await finished;
    expect(seen).toEqual(['\u001b[31mred', 'carla', 'derek']);
    expect(child.exitCode).toBe(0);
  });
});

describe('audit verify', () => {
  it('prints a head that it recognizes later', async () => {
    const { folder, append } = dataDirectoryWithEvents();
    const first = await runCommand(folder, ['audit', 'verify', '--json']);
    expect(first.exitCode).toBe(0);
    const { head } = first.json as { head: string };
    const whole = { ok: true, events: 3, erased: 0, problems: [] };
    expect(first.json).toEqual({ ...whole, head: expect.stringMatching(/^3:/) });
    append('carla');
    expect((await runCommand(folder, ['audit', 'verify', '--expect', head])).exitCode).toBe(0);
  });

  it('fails with the place of every problem', async () => {
    const { folder } = dataDirectoryWithEvents();
    const database = new Database(join(folder, 'mfa-console.db'));
    database.prepare("UPDATE audit_events SET target = 'eve' WHERE sequence = 2").run();
    database.close();
    const { exitCode, json } = await runCommand(folder, ['audit', 'verify', '--json']);
    expect(exitCode).toBe(1);
    expect(json).toMatchObject({ ok: false, problems: [{ sequence: 2 }] });
    const forPeople = await runCommand(folder, ['audit', 'verify']);
    expect(forPeople.exitCode).toBe(1);
    expect(forPeople.stdout).toMatch(/broken[\s\S]*2.*changed/);
  });
});

describe('audit export', () => {
  it('writes a file that only its owner reads, and replaces one only when told to', async () => {
    const { folder } = dataDirectoryWithEvents();
    const file = join(folder, 'audit.csv');
    const args = ['audit', 'export', '--format', 'csv', '--output', file];
    expect((await runCommand(folder, args)).exitCode).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n')[1]).toContain('ada');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await runCommand(folder, args)).exitCode).toBe(2);
    expect((await runCommand(folder, [...args, '--yes'])).exitCode).toBe(0);
  });

  it('prints to standard output otherwise', async () => {
    const { folder } = dataDirectoryWithEvents();
    const { json } = await runCommand(folder, ['audit', 'export', '--target', 'ada']);
    expect(json).toEqual({ events: [expect.objectContaining({ target: 'ada' })] });
  });
});

describe('audit trim', () => {
  it('removes what is old after its number was confirmed, and the log verifies', async () => {
    const { folder } = dataDirectoryWithEvents();
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    expect(await runCommand(folder, ['audit', 'trim', '--before', tomorrow])).toMatchObject({ exitCode: 2 });
    const planned = await runCommand(folder, ['audit', 'trim', '--before', tomorrow, '--dry-run', '--json']);
    expect(planned.json).toMatchObject({ dryRun: true, trimmed: { events: 2 } });
    const done = await runCommand(folder, ['audit', 'trim', '--before', tomorrow, '--yes']);
    expect(done).toMatchObject({ exitCode: 0, stdout: 'Removed 2 audit events.\n' });
    expect((await runCommand(folder, ['audit', 'verify', '--json'])).json).toMatchObject({
      ok: true,
      events: 2,
    });
  });

  it('wants to be told how old, where nothing says it', async () => {
    const { folder } = dataDirectoryWithEvents();
    const refused = await runCommand(folder, ['audit', 'trim', '--yes']);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('settings set auditKeptDays=365');
  });
});
