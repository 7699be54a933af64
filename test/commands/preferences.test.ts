import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';

let file = '';
const own = process.env.MFA_CONSOLE_PREFERENCES;
const preferences = (...args: string[]) => runCommand('/nobody', ['preferences', ...args]);

beforeEach(() => {
  file = join(temporaryFolder(), 'preferences.json');
  process.env.MFA_CONSOLE_PREFERENCES = file;
});

afterEach(() => {
  if (own === undefined) delete process.env.MFA_CONSOLE_PREFERENCES;
  else process.env.MFA_CONSOLE_PREFERENCES = own;
});

describe('the command for preferences', () => {
  test('changes all or none, says what, and needs no database', async () => {
    const changed = await preferences('set', 'theme=none', 'usersColumns=name, state');
    expect(changed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(changed.stdout).toContain('theme: standard -> none\n');
    const refused = await preferences('set', 'rail=hidden', 'idleMinutes=soon', '--json');
    expect(refused).toMatchObject({ exitCode: 2, json: { error: { code: 'preferences.invalid' } } });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      theme: 'none',
      usersColumns: ['name', 'state'],
    });
    expect(await preferences('get', 'usersColumns')).toMatchObject({ stdout: 'name,state\n' });
  });

  test('writes nothing with --dry-run, and nothing that is so already', async () => {
    expect((await preferences('set', 'theme=none', '--dry-run')).stdout).toMatch(/^Would change:/);
    expect((await preferences('set', 'theme=standard')).stdout).toMatch(/^Everything already/);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  test('shows a broken file as a problem, not as a failure', async () => {
    writeFileSync(file, '{');
    const shown = await preferences('get', '--json');
    expect(shown).toMatchObject({
      exitCode: 0,
      json: { preferences: { theme: 'standard' }, file, problem: expect.stringContaining('were ignored') },
    });
  });

  test('ends with 4 for a preference that there is not', async () => {
    expect(await preferences('get', 'thme')).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining('Did you mean theme?'),
    });
  });
});
