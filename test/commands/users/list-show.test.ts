import { describe, expect, onTestFinished, test } from 'vitest';
import { facetValues } from '../../../src/core/users/user-filter.ts';
import { program } from '../../helpers/run-command.ts';
import { startInPty } from '../../screens/helpers/pty.ts';
import { failed, userCommands } from './helpers.ts';

describe('users list', () => {
  test('shows a table with the number, for people', async () => {
    const { users } = await userCommands();
    const { exitCode, stdout, stderr } = await users('list', '--limit', '2');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '2 of 3 users\n' });
    expect(stdout).toMatch(/│ ada@corp\.example +│ Ada Adams +│/);
    expect(stdout).not.toContain('carla');
  });

  test.skipIf(process.platform === 'win32')(
    'fits a terminal of 80 columns without cutting what is shown',
    async () => {
      const { core } = await userCommands();
      await core.users.add({
        username: 'dora.dobrindt@corp.example',
        firstName: 'Dora',
        lastName: 'Dobrindt',
        email: 'dora.dobrindt@corp.example',
        phone: '+12065550144',
        method: 'phoneCall',
      });
      const pty = startInPty([process.execPath, program, '--data', core.folder, 'users', 'list']);
      onTestFinished(() => pty.dispose());
      const screen = await pty.waitFor('left 0');
      expect(screen).toMatch(
        /│ dora\.dobrindt@corp\.example │ Dora Dobrindt │ Phone call, standard │ enabled │/,
      );
      expect(screen.match(/^├/gm)).toHaveLength(1);
    },
  );

  test.each<[string[], string[]]>([
    [['--filter', 'brown'], ['bob@corp.example']],
    [['--filter', 'group:Sales -has:phone adams'], ['ada@corp.example']],
    [['--filter', 'has:phone'], ['carla']],
    [['--filter', 'state:blocked'], ['carla']],
    [['--filter', 'STATE:Blocked +1206'], ['carla']],
    [['--filter', 'method:oathToken mode:otpPin'], ['bob@corp.example']],
    [['--filter', 'enabled:no'], ['bob@corp.example']],
    [['--filter', '-enabled:no -group:sales'], ['carla']],
    [['--filter', 'source:import'], []],
    [['--filter', 'group:"Sales"  adams'], ['ada@corp.example']],
    [
      ['--sort', 'name', '--descending'],
      ['bob@corp.example', 'ada@corp.example', 'carla'],
    ],
    [['--offset', '1', '--limit', '1'], ['bob@corp.example']],
  ])('finds and sorts with %j', async (options, expected) => {
    const { core, json } = await userCommands();
    await json('block', 'carla', '--reason', 'lost');
    await core.users.edit('bob@corp.example', { method: 'oathToken', mode: 'otpPin', enabled: false });
    const { users } = (await json('list', ...options)) as { users: { username: string }[] };
    expect(users.map(({ username }) => username)).toEqual(expected);
  });

  test('explains in its help every facet that it understands', async () => {
    const { users } = await userCommands();
    const { stdout } = await users('list', '--help');
    for (const [name, values] of Object.entries(facetValues)) {
      expect(stdout).toContain(`\n  ${name}:${values?.join('|') ?? 'TEXT'}\n`);
    }
  });
});

describe('users show', () => {
  test('shows everything, to people and to scripts', async () => {
    const { users, json } = await userCommands();
    const { stdout } = await users('show', 'CARLA');
    expect(stdout).toMatch(/^Username +carla\n/);
    expect(stdout).toMatch(/\nPhone +\+12065550111\n/);
    expect(await json('show', 'carla')).toMatchObject({
      username: 'carla',
      phone: '+12065550111',
      state: 'enabled',
      source: 'manual',
      directoryId: null,
      version: 1,
    });
  });

  test.each([
    ['ada', 'There is no user "ada". Did you mean ada@corp.example?'],
    ['bbo@corp.example', 'There is no user "bbo@corp.example". Did you mean bob@corp.example?'],
    ['bo', 'Did you mean bob@corp.example?'],
    ['CORP\\ada', 'Did you mean ada@corp.example?'],
    ['ada@example.com', 'Did you mean ada@corp.example?'],
    ['carly', 'Did you mean carla?'],
    ['zoe', 'Look for the right name with "mfa-console users list --filter TEXT".'],
  ])('says of %s what to do', async (username, words) => {
    const { users } = await userCommands();
    expect(await users('show', username)).toEqual(failed(4, words));
  });
});

test('explain says where each setting comes from', async () => {
  const { users, json } = await userCommands();
  const { settings } = (await json('explain', 'CARLA')) as { settings: { field: string }[] };
  expect(settings.find(({ field }) => field === 'phone')).toMatchObject({
    value: '+12065550111',
    origin: 'hand',
    by: 'admin@test',
  });
  const { stdout } = await users('explain', 'carla');
  expect(stdout).toMatch(/│ phone +│ \+12065550111 │ set by admin@test, /);
});
