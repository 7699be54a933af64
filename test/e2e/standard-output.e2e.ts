import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type CommandResult, finish } from '../helpers/run-command.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const everybody = ['--container', 'DC=corp,DC=contoso,DC=test'];

describe('with --json, standard output is JSON and nothing else', () => {
  // One story, in which every command has something to say.
  const commands = [
    ['init'],
    ['import', ...everybody, '--dry-run', '--changes'],
    ['import', ...everybody, '--changes'],
    ['users', 'add', 'ada', '--first-name', 'Ada'],
    ['users', 'edit', 'ada', '--last-name', 'Lovelace'],
    ['users', 'set-pin', 'ada', '--generate'],
    ['users', 'disable', 'ada'],
    ['users', 'enable', 'ada'],
    ['users', 'block', 'ada', '--reason', 'phone stolen'],
    ['users', 'unblock', 'ada'],
    ['users', 'bypass', 'ada', '--reason', 'forgot the phone'],
    ['users', 'show', 'ada'],
    ['users', 'list'],
    ['users', 'export'],
    ['users', 'export', '--format', 'csv', '--output', 'users.csv'],
    ['users', 'import-csv', 'users.csv'],
    ['users', 'remove', 'ada', '--yes'],
    ['directory', 'set', '--type', 'sample'],
    ['directory', 'show'],
    ['directory', 'test'],
    ['directory', 'tree'],
    ['directory', 'groups'],
    ['directory', 'search', 'smith'],
    ['runs', 'list'],
    ['runs', 'show', '2', '--changes'],
    ['settings', 'set', 'pinMinimumLength=6'],
    ['settings', 'get'],
    ['status'],
    ['doctor'],
    ['audit', 'list'],
    ['audit', 'export'],
    ['audit', 'verify'],
    ['backup', 'mfa.backup', '--without-key'],
    ['restore', 'mfa.backup', '--yes'],
  ];

  test('of every command', async () => {
    const mfa = newInstallation();
    for (const command of commands) {
      const args = command.map((arg) => (/^[a-z]+\.(csv|backup)$/.test(arg) ? join(mfa.folder, arg) : arg));
      const { exitCode, stdout, stderr } = await mfa.run(...args, '--json');
      const name = command.join(' ');
      expect({ exitCode, stderr }, name).toEqual({ exitCode: 0, stderr: '' });
      const documents = stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
      expect(documents.length, name).toBeGreaterThan(0);
      for (const document of documents) expect(document, name).toBeTypeOf('object');
      expect(stdout, name).toMatch(/\n$/);
    }
  });
});

describe.skipIf(process.platform === 'win32')('a reader that stops early', () => {
  test.each(['users list --json', 'audit export', 'users export'])('does not disturb %s', async (command) => {
    const mfa = newInstallation();
    await mfa.json('import', ...everybody);
    const { stdout } = await mfa.run(...command.split(' '));
    expect(stdout.length, 'more than a pipe holds').toBeGreaterThan(65_536);
    expect(await readTenBytes(mfa, command)).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: stdout.slice(0, 10),
    });
  });

  test.each([
    ['import', `import ${everybody.join(' ')} --changes --json`, { lastRun: { state: 'completed' } }],
    ['import of CSV', 'users import-csv - --json', { users: { total: 2000 } }],
  ])('does not stop an %s', async (_, command, status) => {
    const mfa = newInstallation();
    const lines = Array.from({ length: 2000 }, (_, index) => `user${index},${'x'.repeat(50)}`);
    const result = await readTenBytes(mfa, command, `username,description\n${lines.join('\n')}`);
    expect(result).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^\{"/) });
    expect(await mfa.json('status')).toMatchObject(status);
  });
});

/** What a command prints into a pipe whose reader leaves after ten bytes, and how the command ends. */
function readTenBytes(mfa: Installation, command: string, input = ''): Promise<CommandResult> {
  const script = `set -o pipefail; "$0" "$1" ${command} | head -c 10`;
  const child = spawn('bash', ['-c', script, process.execPath, builtProgram], {
    env: { ...process.env, MFA_CONSOLE_DATA: mfa.folder },
  });
  return finish(child, input);
}
