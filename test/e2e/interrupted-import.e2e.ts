import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { oldestHeartbeatMs } from '../../src/core/runs/process-liveness.ts';
import { finish } from '../helpers/run-command.ts';
import { describeWithServer, openLdapServer } from '../servers/require-server.ts';
import { connectedDirectory } from './helpers/connected-directory.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';
import { silentServer } from './helpers/silent-server.ts';
import { soundUserCount, waitForUsers } from './helpers/stored-users.ts';

const people = 20_000;
const seed = 'a killed import';

/** Moments all over the life of an import: after so many committed users, and some milliseconds later. */
const moments = Array.from({ length: 10 }, (_, tenth) => ({
  users: Math.floor(0.08 * people * (tenth === 0 ? 0 : tenth + random(`${seed}/users/${tenth}`))),
  laterMs: Math.floor(random(`${seed}/later/${tenth}`) * 200),
}));

const silent = silentServer();

interface RunList {
  runs: { id: number; state: string; counts: object; startedAt: string }[];
}

describeWithServer('an import of 20,000 people', openLdapServer, () => {
  const directory = connectedDirectory(people);

  test.each(moments)(
    'killed after $users users and $laterMs ms leaves whole data, and the next one does the rest',
    async (moment) => {
      const { mfa, before } = await killedImport(moment);
      expect(before).toBeGreaterThanOrEqual(moment.users);
      expect(await runs(mfa)).toMatchObject([{ state: 'interrupted', counts: { added: before } }]);

      // The dead process holds the lease, with a heartbeat that is seconds old.
      const asked = Date.now();
      const { run } = await mfa.json<{ run: { startedAt: string } }>('import', ...directory.everybody);
      expect(Date.parse(run.startedAt) - asked, 'waited').toBeLessThan(oldestHeartbeatMs / 2);
      expect(run).toMatchObject({
        state: 'completed',
        counts: { read: people, added: people - before, unchanged: before, conflicts: 0, failed: 0 },
      });
      expect(await soundUserCount(mfa)).toBe(people);
      expect(await runs(mfa)).toMatchObject([{ state: 'completed' }, { state: 'interrupted' }]);
    },
  );

  /** An import killed at a moment; again when a busy machine came so late that nothing was left to do. */
  async function killedImport(moment: (typeof moments)[number]) {
    for (;;) {
      const mfa = directory.newInstallation();
      const killed = mfa.start('import', ...directory.everybody);
      const ended = once(killed, 'close');
      await waitForUsers(mfa, moment.users);
      await sleep(moment.laterMs);
      killed.kill('SIGKILL');
      await ended;
      const before = await soundUserCount(mfa);
      if (before < people) return { mfa, before };
    }
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'told to stop by %s finishes its batch, says so, and can be resumed',
    async (signal) => {
      const mfa = directory.newInstallation();
      const child = mfa.start('import', ...directory.everybody);
      const ended = finish(child);
      await waitForUsers(mfa, 1000);
      child.kill(signal);
      const { exitCode, stdout, stderr } = await ended;
      expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
      expect(stdout).toMatch(/^Run 1: cancelled/);
      expect(stdout).toContain('What was committed stays; "mfa-console import --resume 1" does the rest.');

      const before = await soundUserCount(mfa);
      expect(before).toBeGreaterThanOrEqual(1000);
      expect(before).toBeLessThan(people);
      expect(await runs(mfa)).toMatchObject([{ state: 'cancelled', counts: { added: before } }]);

      const { run } = await mfa.json<{ run: object }>('import', '--resume', '1');
      expect(run).toMatchObject({
        id: 2,
        state: 'completed',
        resumes: 1,
        counts: { added: people - before },
      });
      expect(await soundUserCount(mfa)).toBe(people);
    },
  );

  test('told to stop tells scripts its state, too', async () => {
    const mfa = directory.newInstallation();
    const child = mfa.start('import', ...directory.everybody, '--json');
    const ended = finish(child);
    await waitForUsers(mfa, 1000);
    child.kill('SIGINT');
    const result = await ended;
    expect(result.exitCode).toBe(1);
    expect(result.json).toMatchObject({ run: { state: 'cancelled', selection: { scope: 'container' } } });
  });
});

test('an import that is told to stop while it waits for a server that never answers ends at once', async () => {
  const mfa = newInstallation();
  const set = await mfa.runWithInput(
    'secret',
    ...silent.directorySet,
    '--connect-timeout',
    '100',
    '--bind-password-file',
    '-',
  );
  expect(set).toMatchObject({ exitCode: 0 });
  const connected = silent.nextConnection();
  const child = mfa.start('import', '--container', 'DC=corp');
  const ended = finish(child);
  await connected;
  child.kill('SIGINT');
  expect(await ended).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^Connecting to the directory was cancelled\.\n$/),
  });
  expect(await runs(mfa)).toEqual([]);
}, 50_000);

async function runs(mfa: Installation) {
  return (await mfa.json<RunList>('runs', 'list')).runs;
}

/** A number from 0 to 1 that is always the same for a text. */
function random(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
