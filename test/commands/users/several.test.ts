import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../helpers/run-command.ts';
import { failed, userCommands } from './helpers.ts';

const both = ['ada@corp.example', 'bob@corp.example'];

describe('a change of several users', () => {
  test.each<[string[], string, object]>([
    [['disable', ...both], '2 users are disabled\n', { enabled: false }],
    [
      ['block', ...both, '--reason', 'lost', '--days', '2'],
      '2 users are blocked\n',
      { blockedReason: 'lost' },
    ],
    [['bypass', ...both, '--reason', 'forgot', '--seconds', '60'], '2 users are bypassed once\n', {}],
    [
      ['set-method', ...both, '--method', 'oathToken'],
      '2 users are set to oathToken\n',
      { method: 'oathToken', mode: 'otp' },
    ],
  ])('%j', async (args, words, expected) => {
    const { core, users } = await userCommands();
    expect(await users(...args)).toMatchObject({ exitCode: 0, stdout: words, stderr: '' });
    for (const username of both) expect(core.users.find(username)).toMatchObject(expected);
  });

  test('is taken back, and says who was so already', async () => {
    const { core, users } = await userCommands();
    await users('block', 'carla', '--reason', 'lost');
    expect((await users('unblock', ...both, 'carla')).stdout).toBe('carla is unblocked, 2 already so\n');
    await users('bypass', 'carla', '--reason', 'forgot');
    expect((await users('bypass', 'carla', '--cancel')).stdout).toBe('carla is without a bypass\n');
    expect(core.users.find('carla')).toMatchObject({ blockedUntil: null, bypassUntil: null });
  });

  test('changes the others when one fails, and tells scripts of each', async () => {
    const { core, users } = await userCommands();
    const { exitCode, json, stderr } = await users('disable', 'carla', 'nobody', '--json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 4,
      stderr: expect.stringMatching(/^There is no user "nobody"\..+\n$/),
    });
    expect(json).toEqual({
      dryRun: false,
      results: [
        { username: 'carla', ok: true, changed: true },
        { username: 'nobody', ok: false, error: { code: 'user.notFound', message: expect.any(String) } },
      ],
    });
    expect(core.users.find('carla').enabled).toBe(false);
  });

  test('names who failed, and of many with the same reason the first ones', async () => {
    const { core, users } = await userCommands();
    for (const username of ['dora', 'emil']) await core.users.add({ username });
    const pin = join(core.folder, 'pin');
    writeFileSync(pin, '0000');
    const setPin = (...names: string[]) => users('set-pin', ...names, '--pin-file', pin);
    const all = await setPin('dora', ...both, 'carla', 'emil');
    expect(all).toMatchObject({ exitCode: 2, stdout: '0 users are given a PIN, 5 failed\n' });
    expect(all.stderr).toMatch(/^dora, ada@corp\.example, bob@corp\.example and 2 more: The PIN [^\n]+\n$/);
    expect(await setPin('dora')).toEqual(failed(2, 'The PIN may not'));
  });

  test('takes one who is named twice for one', async () => {
    const { core, users, json } = await userCommands();
    expect(await json('set-pin', 'CARLA', 'carla ', '--generate')).toMatchObject({
      results: [{ username: 'CARLA', pin: expect.any(String) }],
    });
    expect((await users('remove', 'carla', 'Carla', '--yes')).stdout).toBe('carla is removed\n');
    expect(core.users.list().total).toBe(2);
  });

  test('says of one user that nothing was left to do', async () => {
    const { users } = await userCommands();
    expect((await users('enable', 'CARLA')).stdout).toBe('carla is so already\n');
    expect((await users('bypass', 'carla', '--cancel')).stdout).toBe('carla is so already\n');
  });

  test.each([
    [['bypass', 'carla', '--cancel', '--reason', 'x'], '--cancel'],
    [['bypass', 'carla'], 'A one-time bypass needs a reason.'],
    [['bypass', 'carla', '--reason', ' '], 'needs a reason'],
    [['bypass', 'carla', '--reason', 'x', '--seconds', '5'], 'from 10 to'],
    [['block', 'carla'], '--reason'],
    [['block', 'carla', '--reason', 'x', '--days', '0'], 'from 1 to 3650'],
    [['set-method', 'carla'], '--method'],
    [['set-method', 'carla', '--method', 'oathToken', '--mode', 'pin'], 'Its modes are otp, otpPin.'],
    [['set-pin', 'carla'], 'Say where the PIN comes from'],
  ])('refuses %j and changes nothing', async (args, words) => {
    const { core, users } = await userCommands();
    expect(await users(...args)).toEqual(failed(2, words));
    expect(core.users.find('carla').version).toBe(1);
  });

  test('says in its help, 80 columns wide, what the exit code of several users is', async () => {
    const { users } = await userCommands();
    const { stdout } = await users('unblock', '--help');
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80);
    expect(stdout.replaceAll('\n', ' ')).toContain('the one that all failures share, such as 4');
  });

  test('ends with 1 when the failures are of several kinds', async () => {
    const { core } = await userCommands();
    const args = ['users', 'set-pin', 'carla', 'nobody', 'ada@corp.example', '--pin-file', '-'];
    const { exitCode, stdout, stderr } = await runCommand(core.folder, args, '0655\n');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 1,
      stdout: 'ada@corp.example is given a PIN, 2 failed\n',
    });
    expect(stderr).toContain('There is no user "nobody".');
    expect(stderr).not.toContain('0655');
  });

  test('gives each user a PIN of their own, shown once', async () => {
    const { core, json } = await userCommands();
    const { results } = (await json('set-pin', ...both, '--generate', '--must-change')) as {
      results: { pin: string }[];
    };
    expect(results.map(({ pin }) => pin)).toEqual([expect.stringMatching(/^\d{4,}$/), expect.any(String)]);
    expect(core.users.find('ada@corp.example')).toMatchObject({ hasPin: true, pinMustChange: true });
  });
});

describe('users whom a filter finds', () => {
  test('are changed with --yes, and only looked at with --dry-run', async () => {
    const { core, users } = await userCommands();
    const filter = ['--filter', 'group:Sales'];
    expect((await users('disable', ...filter, '--dry-run')).stdout).toBe('2 users would be disabled\n');
    expect(core.users.list({ filter: 'state:disabled' }).total).toBe(0);
    expect((await users('disable', ...filter, '--yes')).stdout).toBe('2 users are disabled\n');
    expect(core.users.list({ filter: 'state:disabled' }).total).toBe(2);
    expect((await users('remove', ...filter, '--yes')).stdout).toBe('2 users are removed\n');
    expect(core.users.list().total).toBe(1);
  });

  test.each<[string, string[], number, string]>([
    ['without an answer', ['--filter', 'group:Sales'], 2, 'This needs a confirmation'],
    ['when there are none', ['--filter', 'group:Nobody', '--yes'], 4, 'No user matches "group:Nobody".'],
    ['with an empty filter', ['--filter', '', '--yes'], 2, 'Say which users'],
    ['with names as well', ['carla', '--filter', 'group:Sales', '--yes'], 2, 'Say which users'],
    ['with a filter that is wrong', ['--filter', 'state:asleep', '--yes'], 2, 'The filter state:'],
    ['without any', [], 2, 'Say which users'],
  ])('are left alone %s', async (_, args, exitCode, words) => {
    const { core, users } = await userCommands();
    expect(await users('disable', ...args)).toEqual(failed(exitCode, words));
    expect(core.users.list({ filter: 'state:disabled' }).total).toBe(0);
  });
});

describe('users remove', () => {
  test('asks first, and warns of those whom the directory brings back', async () => {
    const { core, users } = await userCommands();
    expect(await users('remove', 'carla')).toEqual(failed(2, 'Add --yes when you are sure'));
    expect((await users('remove', 'carla', '--dry-run')).stdout).toBe('carla would be removed\n');
    expect(core.users.list().total).toBe(3);
    expect((await users('remove', 'carla', '--yes')).stdout).toBe('carla is removed\n');
    expect(core.users.list().total).toBe(2);
  });
});
