import { describe, expect, onTestFinished, test } from 'vitest';
import { program } from '../helpers/run-command.ts';
import { type TemporaryCore, temporaryCore } from '../helpers/temporary-core.ts';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';

async function coreWithTwo(): Promise<TemporaryCore> {
  const core = temporaryCore();
  await core.users.add({ username: 'ada' });
  await core.users.add({ username: 'bob' });
  return core;
}

function start(core: TemporaryCore, ...args: string[]): PtyProgram {
  const pty = startInPty([process.execPath, program, '--data', core.folder, ...args]);
  onTestFinished(() => pty.dispose());
  return pty;
}

describe.skipIf(process.platform === 'win32')('a question at a terminal', () => {
  test('about several users wants their number', async () => {
    const core = await coreWithTwo();
    const pty = start(core, 'users', 'disable', '--filter', 'state:enabled');
    await pty.waitFor('Disable 2 users? (type 2 to confirm)');
    pty.write('2\r');
    expect(await pty.waitFor('left 0')).toContain('2 users are disabled');
  });

  test.each([
    ['another number', '3\r'],
    ['Enter', '\r'],
    ['Ctrl+C', '\u0003'],
    ['Ctrl+D', '\u0004'],
  ])('is answered with no by %s', async (_, keys) => {
    const core = await coreWithTwo();
    const pty = start(core, 'users', 'remove', 'ada', 'bob');
    await pty.waitFor('Remove 2 users? (type 2 to confirm)');
    pty.write(keys);
    const screen = await pty.waitFor('left 2');
    expect(screen).toMatch(/\nNothing was changed\.\n/);
    expect(screen).not.toContain('unexpected');
    expect(core.users.list().total).toBe(2);
  });
});
