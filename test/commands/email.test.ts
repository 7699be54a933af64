import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { finish, runCommand, spawnCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { refusal, startMailServer, withoutTls } from '../servers/mail-server.ts';

const plain = ['--host', '127.0.0.1', '--security', 'none', '--accept-plain', '--from', 'mfa@corp.example'];

describe('mfa-console email', () => {
  it('sends a test with the settings that were set, and shows the conversation when asked', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const data = join(temporaryFolder(), 'data');
    const set = await runCommand(data, ['email', 'settings', 'set', ...plain, '--port', String(port)]);
    expect(set).toMatchObject({ exitCode: 0, stderr: '' });
    const sent = await runCommand(data, ['email', 'test', 'jane@corp.example', '--verbose']);
    expect(sent.exitCode).toBe(0);
    expect(sent.stderr).toContain('> RCPT TO:<jane@corp.example>');
    expect(arrivals.map(({ mail }) => mail.subject)).toEqual(['Test of MFA Console']);
  });

  it('shows the conversation of a test that failed, and ends with 1', async () => {
    const { port } = await startMailServer({
      ...withoutTls,
      onRcptTo: (_address, _session, done) => done(refusal(550, 'No such person')),
    });
    const data = join(temporaryFolder(), 'data');
    await runCommand(data, ['email', 'settings', 'set', ...plain, '--port', String(port)]);
    const { exitCode, stderr } = await runCommand(data, ['email', 'test', 'jane@corp.example']);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('< 550 No such person');
    expect(stderr).toMatch(/refused the mail.*No such person/);
  });

  it('is interrupted while a mail server says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const { port } = silent.address() as { port: number };
    const args = ['email', 'test', 'jane@corp.example', ...plain, '--port', String(port), '--json'];
    const child = spawnCommand(join(temporaryFolder(), 'data'), args);
    const ended = finish(child);
    await once(silent, 'connection');
    child.kill('SIGINT');
    const result = await ended;
    expect(result.exitCode).toBe(1);
    expect(result.json).toMatchObject({ error: { code: 'run.cancelled' } });
  });

  it('tries other settings without saving them', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const data = join(temporaryFolder(), 'data');
    const args = ['email', 'test', 'jane@corp.example', ...plain, '--port', String(port), '--json'];
    expect(await runCommand(data, args)).toMatchObject({ exitCode: 0, json: { to: 'jane@corp.example' } });
    expect(arrivals).toHaveLength(1);
    const { json } = await runCommand(data, ['email', 'settings', 'get', '--json']);
    expect(json).toMatchObject({ email: { host: '', port: null } });
  });

  it('does not write over settings that somebody else has changed since they were read', async () => {
    const data = join(temporaryFolder(), 'data');
    const set = (...args: string[]) => runCommand(data, ['email', 'settings', 'set', ...args, '--json']);
    expect((await set('--from-name', 'One')).json).toMatchObject({ email: { version: 1 } });
    const late = await set('--from-name', 'Two', '--if-version', '0');
    expect(late).toMatchObject({ exitCode: 5, json: { error: { code: 'settings.changed' } } });
    expect((await set('--if-version', '1')).json).toMatchObject({ email: { fromName: 'One' } });
  });

  it('reads the password from standard input and never prints it', async () => {
    const data = join(temporaryFolder(), 'data');
    const account = ['--user', 'mfa', '--password-file', '-'];
    const set = await runCommand(data, ['email', 'settings', 'set', ...account, '--json'], 'topsecret\n');
    expect(set.json).toMatchObject({ email: { user: 'mfa', hasPassword: true } });
    const got = await runCommand(data, ['email', 'settings', 'get']);
    expect(set.stdout + got.stdout).not.toContain('topsecret');
    expect(got.stdout).toMatch(/Password +stored, sealed/);
  });

  it.each([
    [['settings', 'set', '--from', 'nobody'], 2],
    [['settings', 'set', '--port', '99999'], 2],
    [['settings', 'set', '--security', 'none'], 2],
    [['settings', 'set', '--ca-file', '/nowhere.pem'], 2],
    [['test', 'jane@corp.example'], 1],
    [['test', 'jane'], 2],
  ])('%j ends with %i and says what to do', async (args, exitCode) => {
    const result = await runCommand(join(temporaryFolder(), 'data'), ['email', ...args]);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).not.toBe('');
    expect(result.stdout).toBe('');
  });
});
