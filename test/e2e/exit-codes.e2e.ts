import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newInstallation, sharedInstallation } from './helpers/installation.ts';

const failures: [exitCode: number, code: string, args: string[]][] = [
  [1, 'csv.invalid', ['users', 'import-csv', '/nowhere.csv']],
  [1, 'backup.invalid', ['restore', '/nowhere.backup', '--yes']],
  [1, 'file.unwritable', ['users', 'export', '--output', '/nowhere/users.csv']],
  [2, 'usage.invalid', ['userz']],
  [2, 'usage.invalid', ['users', 'frob']],
  [2, 'usage.invalid', ['users', 'list', '--frob']],
  [2, 'usage.invalid', ['users', 'show']],
  [2, 'usage.invalid', ['users', 'list', '--limit', 'many']],
  [2, 'usage.invalid', ['import']],
  [2, 'usage.invalid', ['import', '--container', 'OU=A', '--group', 'CN=B']],
  [2, 'usage.invalid', ['users', 'export', '--format', 'csv', '--json']],
  [2, 'filter.invalid', ['users', 'list', '--filter', 'state:asleep']],
  [2, 'phone.invalid', ['users', 'edit', 'ada', '--phone', '12']],
  [2, 'confirmation.required', ['users', 'remove', 'ada']],
  [2, 'confirmation.required', ['users', 'disable', '--filter', 'ada']],
  [2, 'usage.invalid', ['users', 'edit', 'ada']],
  [2, 'usage.invalid', ['users', 'enable']],
  [2, 'user.invalid', ['users', 'set-method', 'ada', '--method', 'oathToken', '--mode', 'pin']],
  [4, 'user.notFound', ['users', 'show', 'nobody']],
  [4, 'user.notFound', ['users', 'unblock', '--filter', 'group:Nobody', '--yes']],
  [4, 'settings.unknown', ['settings', 'get', 'colour']],
  [4, 'run.notFound', ['runs', 'show', '99']],
  [4, 'run.notFound', ['import', '--resume', '99']],
  [4, 'directory.entryNotFound', ['directory', 'tree', 'OU=Nowhere']],
  [5, 'user.exists', ['users', 'add', 'ADA']],
  [5, 'user.changed', ['users', 'edit', 'ada', '--email', 'a@b.example', '--if-version', '9']],
  [5, 'run.notResumable', ['import', '--resume', '1']],
];

describe('a command that cannot do what it was asked', () => {
  const mfa = sharedInstallation();
  let before: unknown;

  beforeAll(async () => {
    await mfa.json('import', '--user', 'asmith');
    await mfa.json('users', 'add', 'ada');
    before = await mfa.json('users', 'list');
  });

  afterAll(async () => {
    expect(await mfa.json('users', 'list'), 'the users after all failures').toEqual(before);
  });

  test.for(failures)('ends with %d and %s: %j', async ([exitCode, code, args]) => {
    const [forScripts, forPeople] = await Promise.all([
      mfa.run(...args, '--json'),
      mfa.run(...args.filter((arg) => arg !== '--json')),
    ]);
    expect(forScripts.exitCode).toBe(exitCode);
    expect(forScripts.json).toEqual({ error: { code, message: expect.stringMatching(sentence) } });
    const { message } = (forScripts.json as { error: { message: string } }).error;
    expect(forScripts.stderr).toBe(`${message}\n`);
    if (args.includes('--json')) return;
    expect(forPeople).toMatchObject({ exitCode, stdout: '' });
    expect(forPeople.stderr.trimEnd().split('\n').at(-1)).toMatch(sentence);
  });
});

const sentence = /^[A-Z"-][^\n]+[.?]$/;

test('an import of what does not exist is a failed run that says why', async () => {
  const mfa = newInstallation();
  const nowhere = ['import', '--container', 'OU=Nowhere'];
  const { exitCode, json, stderr } = await mfa.run(...nowhere, '--json');
  expect(exitCode).toBe(4);
  expect(json).toMatchObject({ run: { state: 'failed', error: { code: 'directory.entryNotFound' } } });
  expect(stderr).toMatch(/^There is no container OU=Nowhere.*\n$/);
  expect(await mfa.run(...nowhere)).toMatchObject({ exitCode: 4, stderr });
});
