import { describe, expect, test } from 'vitest';
import { readySettings } from '../../helpers/mail-users.ts';
import { runCommand } from '../../helpers/run-command.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const pin = '83017426';

/** A data directory with amara, who can get mail, and bruno, who has no address. */
async function mailCommands() {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  const common = { method: 'phoneCall', mode: 'pin' } as const;
  await core.users.add({ ...common, username: 'amara', email: 'amara@corp.example', phone: '+14255550123' });
  await core.users.add({ ...common, username: 'bruno' });
  const users = (args: string[], input?: string) => runCommand(core.folder, ['users', ...args], input);
  return { core, users };
}

describe('users send-email', () => {
  test('queues a mail to each, and says who gets none', async () => {
    const { core, users } = await mailCommands();
    const { exitCode, stdout, stderr } = await users(['send-email', 'amara', 'bruno', 'nobody']);
    expect(exitCode).toBe(1);
    expect(stdout).toBe('1 mail is queued\n');
    expect(stderr).toMatch(
      /bruno: The user bruno has no e-mail address.*\nnobody: There is no user "nobody"/,
    );
    expect(core.outbox.list()).toMatchObject([
      { username: 'bruno', kind: 'userEnrollment', state: 'notSent' },
      { username: 'amara', kind: 'newUser', state: 'queued' },
    ]);
  });

  test('shows the mail in a dry run, and queues nothing', async () => {
    const { core, users } = await mailCommands();
    const preview = await users(['send-email', 'amara', '--dry-run', '--kind', 'updatedUser']);
    expect(preview).toMatchObject({ exitCode: 0, stderr: '' });
    expect(preview.stdout).toMatch(
      /To +amara@corp\.example\nKind +Updated User\nSubject +\w(.|\n)*\+14255550123/,
    );
    expect(await users(['send-email', 'bruno', '--dry-run'])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('no e-mail address'),
    });
    const { json } = await users(['send-email', '--filter', 'a', '--dry-run', '--json']);
    expect(json).toMatchObject({ dryRun: true, results: [{ username: 'amara', ok: true }] });
    expect(core.outbox.count()).toBe(0);
  });

  test('asks before it writes to all that a filter finds', async () => {
    const { core, users } = await mailCommands();
    expect(await users(['send-email', '--filter', 'amara'])).toMatchObject({ exitCode: 2 });
    const { json } = await users(['send-email', '--filter', 'amara', '--yes', '--json']);
    expect(json).toMatchObject({ results: [{ username: 'amara', ok: true, mail: { state: 'queued' } }] });
    expect(core.outbox.count()).toBe(1);
  });
});

test('users add tells the PIN by mail, and prints it nowhere', async () => {
  const { core, users } = await mailCommands();
  const add = ['add', 'carla', '--email', 'carla@corp.example', '--method', 'phoneCall', '--mode', 'pin'];
  const { exitCode, stdout, stderr } = await users([...add, '--pin-file', '-', '--send-email'], pin);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: 'Mail 1 to carla@corp.example is queued.\n' });
  expect(stdout).not.toContain(pin);
  expect(core.outbox.find(1)).toMatchObject({
    kind: 'userEnrollment',
    withPin: true,
    content: { text: expect.stringContaining('****') },
  });
});

test('users edit writes to a user of whom something changed', async () => {
  const { core, users } = await mailCommands();
  await users(['edit', 'amara', '--phone', '+14255550123', '--send-email']);
  expect(core.outbox.count()).toBe(0);
  await users(['edit', 'amara', '--phone', '+14255550199', '--send-email', '--dry-run']);
  expect(core.outbox.count()).toBe(0);
  const { json } = await users(['edit', 'amara', '--phone', '+14255550199', '--send-email', '--json']);
  expect(json).toMatchObject({ changed: true, mail: { kind: 'updatedUser', state: 'queued' } });
  expect(core.outbox.find(1).content?.text).toContain('+14255550199');
});

test('users set-pin tells generated PINs by mail instead of printing them', async () => {
  const { core, users } = await mailCommands();
  const { stdout, stderr } = await users(['set-pin', 'amara', 'bruno', '--generate', '--send-email']);
  expect(stdout).toBe('2 users are given a PIN\n');
  expect(stderr).toMatch(
    /^Mail 1 to amara@corp\.example is queued\.\nNo mail to bruno: The user bruno has no/,
  );
  expect(core.outbox.find(1).withPin).toBe(true);
});
