import { describe, expect, test } from 'vitest';
import { runCommand } from '../../helpers/run-command.ts';
import { failed, userCommands } from './helpers.ts';

describe('users add', () => {
  test('adds a user with a PIN from standard input, which is never shown', async () => {
    const { core, users } = await userCommands();
    const args = ['users', 'add', 'dora', '--phone', '(206) 555-0122 x12', '--method', 'phoneCall'];
    const added = await runCommand(core.folder, [...args, '--mode', 'pin', '--pin-file', '-'], '8302\n');
    expect(added).toMatchObject({ exitCode: 0, stderr: '' });
    expect(added.stdout).toContain('dora is added\n');
    expect(added.stdout).not.toContain('8302');
    expect(core.users.find('dora')).toMatchObject({
      phone: '+12065550122',
      extension: '12',
      method: 'phoneCall',
      mode: 'pin',
      hasPin: true,
    });
    expect(await users('add', 'DORA')).toEqual(failed(5, 'There is already a user "DORA".'));
  });

  test('only says what it would do with --dry-run', async () => {
    const { core, users } = await userCommands();
    const { stdout } = await users('add', 'dora', '--dry-run');
    expect(stdout).toContain('dora would be added');
    expect(core.users.list().total).toBe(3);
  });

  test.each([
    [['--phone', '12'], 'The phone number "12"'],
    [['--phone', '+12065550111', '--country', 'Germany'], 'country'],
    [['--method', 'oathToken', '--mode', 'pin'], 'pin'],
    [['--email', 'nonsense'], 'email'],
  ])('refuses %j and keeps nothing', async (options, words) => {
    const { core, users } = await userCommands();
    expect(await users('add', 'dora', ...options)).toEqual(failed(2, words));
    expect(core.users.list().total).toBe(3);
  });
});

describe('users edit', () => {
  test('says what it changed, and nothing twice', async () => {
    const { users, json } = await userCommands();
    const { stdout } = await users('edit', 'carla', '--backup-phone', '+12065550133', '--group', 'Temps');
    expect(stdout).toBe('carla is changed\n  userGroup: - -> Temps\n  backupPhone: - -> +12065550133\n');
    expect((await users('edit', 'carla', '--group', 'Temps')).stdout).toBe('carla is so already\n');
    expect(await json('edit', 'carla', '--backup-phone', '')).toMatchObject({
      changed: true,
      dryRun: false,
      fields: { backupPhone: ['+12065550133', null] },
      user: { username: 'carla', backupPhone: null, version: 3 },
    });
  });

  test('refuses when somebody else has changed the user since', async () => {
    const { users } = await userCommands();
    await users('edit', 'carla', '--group', 'Temps');
    const late = await users('edit', 'carla', '--group', 'Staff', '--if-version', '1');
    expect(late).toEqual(failed(5, 'was changed by'));
  });

  test('keeps fields local and gives them back to the directory', async () => {
    const { core, users } = await userCommands();
    await runCommand(core.folder, ['import', '--user', 'asmith']);
    const [{ username } = { username: '' }] = core.users.list({ filter: 'source:import' }).users;
    await users('edit', username, '--keep-local', 'phone', 'email');
    expect(core.users.find(username).localFields).toEqual(['email', 'phone']);
    await users('edit', username, '--follow-directory', 'email');
    expect(core.users.find(username).localFields).toEqual(['phone']);
    expect(await users('edit', username, '--keep-local', 'shoes')).toEqual(
      failed(2, 'The directory has no field "shoes".'),
    );
    expect(await users('edit', 'carla', '--keep-local', 'phone')).toEqual(
      failed(2, 'The user "carla" does not come from a directory.'),
    );
  });

  test.each([
    [[], 'Say what to change'],
    [['--keep-local', 'phone', '--follow-directory', 'Phone'], 'The field phone cannot be kept local and'],
  ])('wants to know what to do with %j', async (options, words) => {
    const { users } = await userCommands();
    expect(await users('edit', 'carla', ...options)).toEqual(failed(2, words));
  });
});
