import { expect, test } from 'vitest';
import { runCommand } from '../../helpers/run-command.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

async function withAda() {
  const { folder, users } = temporaryCore();
  await users.add({ username: 'ada', phone: '+14255550123' });
  await users.disable(['ada']);
  return { users, run: (...args: string[]) => runCommand(folder, ['users', ...args]) };
}

test('export-data prints one document with all that is stored about a person', async () => {
  const { run } = await withAda();
  const { exitCode, json, stderr } = await run('export-data', 'ADA');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(json).toMatchObject({
    user: { username: 'ada', phone: '+14255550123' },
    usernames: ['ada'],
    events: [{ action: 'user.added' }, { action: 'user.disabled' }],
    runLines: [],
    mails: [],
  });
});

test('erase does nothing unless it is confirmed, and then all', async () => {
  const { users, run } = await withAda();
  const reason = ['--reason', 'request 4711'];
  expect(await run('erase', 'ada', ...reason)).toMatchObject({ exitCode: 2, stdout: '' });
  const planned = await run('erase', 'ada', ...reason, '--dry-run', '--json');
  expect(planned.json).toMatchObject({
    dryRun: true,
    erasure: { username: 'ada', wasUser: true, events: 2 },
  });
  expect(users.list().total).toBe(1);
  const done = await run('erase', 'ada', ...reason, '--yes');
  expect(done).toMatchObject({
    exitCode: 0,
    stdout: 'Erased the user and what 2 audit events tell of them.\n',
  });
  expect(users.list().total).toBe(0);
  expect(await run('export-data', 'ada')).toMatchObject({ exitCode: 4 });
});

test('erase needs a reason, and somebody who is known', async () => {
  const { run } = await withAda();
  expect((await run('erase', 'ada', '--yes')).exitCode).toBe(2);
  expect((await run('erase', 'nobody', '--reason', 'request 4711', '--yes')).exitCode).toBe(4);
});
