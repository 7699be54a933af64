import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { finish, runCommand, spawnCommand } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { startGateway } from '../servers/gateway-server.ts';

let folder = '';
const gateway = (args: readonly string[], input?: string) =>
  runCommand(join(folder, 'data'), ['gateway', ...args], input);

beforeEach(() => {
  folder = temporaryFolder();
});

/** Options for a gateway at an address, with a secret from standard input. */
function optionsFor(url: string): string[] {
  const body = join(folder, 'body.liquid');
  writeFileSync(body, '{"to": "<$phone$>", "text": "<$text$>", "from": "<$value.from$>"}\n');
  return [
    ...['--url', url, '--accept-plain', '--body-file', body, '--value', 'from=Contoso'],
    ...['--header', 'Authorization: Bearer <$secret.token$>', '--secret-file', 'token=-'],
  ];
}

describe('mfa-console gateway', () => {
  it('sends a test with what was set, and shows the conversation without secrets', async () => {
    const server = await startGateway([{ status: 200, body: 'accepted' }]);
    const set = await gateway(['text', 'set', ...optionsFor(server.url)], 'top-secret\n');
    expect(set).toMatchObject({ exitCode: 0, stderr: '' });
    expect(set.stdout).toMatch(/Secret token +stored, sealed/);
    const sent = await gateway(['text', 'test', '425 555 0123', '--text', 'Hello "you"', '--verbose']);
    expect(sent).toMatchObject({
      exitCode: 0,
      stdout: 'The test text message was taken over: 200 OK accepted\n',
    });
    expect(sent.stderr).toContain('> Authorization: Bearer ***');
    expect(sent.stderr).toContain('< accepted');
    expect(set.stdout + sent.stdout + sent.stderr).not.toContain('top-secret');
    expect(server.arrivals).toHaveLength(1);
    expect(server.arrivals[0]?.headers.authorization).toBe('Bearer top-secret');
    expect(JSON.parse(server.arrivals[0]?.body ?? '')).toEqual({
      to: '+14255550123',
      text: 'Hello "you"',
      from: 'Contoso',
    });
  });

  it('tries other settings without saving them', async () => {
    const server = await startGateway([{ status: 400, body: 'no such number' }]);
    const tried = await gateway(['voice', 'test', '+14255550123', ...optionsFor(server.url)], 'x\n');
    expect(tried.exitCode).toBe(1);
    expect(tried.stderr).toContain('< no such number');
    expect(tried.stderr).toMatch(/refused the message.*no such number/);
    expect(await gateway(['voice', 'get'])).toMatchObject({
      stdout: expect.stringContaining('no voice call can be sent'),
    });
  });

  it('is interrupted while a gateway does not answer', async () => {
    const server = await startGateway(['hang']);
    const args = ['gateway', 'text', 'test', '+14255550123', ...optionsFor(server.url), '--json'];
    const child = spawnCommand(join(folder, 'data'), args);
    const ended = finish(child, 'x\n');
    await server.arrived(1);
    child.kill('SIGINT');
    const result = await ended;
    expect(result.exitCode).toBe(1);
    expect(result.json).toMatchObject({ error: { code: 'run.cancelled' } });
  });

  it('begins with a preset, says which secret is missing, and keeps what others changed', async () => {
    const values = ['--value', 'account_sid=AC1', '--value', 'from=+14255550100'];
    const set = await gateway(['text', 'set', '--preset', 'twilio', ...values]);
    expect(set).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('--secret-file auth_token=FILE'),
    });
    const { json } = await gateway(['text', 'get', '--json']);
    expect(json).toMatchObject({ gateway: { format: 'form', hasSecret: { auth_token: false }, version: 1 } });
    const late = await gateway(['text', 'set', '--timeout', '5', '--if-version', '0', '--json']);
    expect(late).toMatchObject({ exitCode: 5, json: { error: { code: 'settings.changed' } } });
    const test = await gateway(['text', 'test', '+14255550123', '--json']);
    expect(test).toMatchObject({ exitCode: 1, json: { error: { code: 'gateway.notConfigured' } } });
  });

  it.each([
    [['text', 'presets'], 'twilio'],
    [['voice', 'presets', 'twilio'], 'the auth token of the account'],
    [['text', 'presets', '--json'], '"presets":[{"name":"twilio"'],
  ])('lists presets with %j', async (args, text) => {
    expect(await gateway(args)).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(text) });
  });

  it.each([
    [['text', 'set', '--url', 'http://sms.corp.example/'], 'gateway.plainNotAccepted', 2],
    [['text', 'set', '--url', 'ftp://sms.corp.example/'], 'gateway.invalid', 2],
    [['text', 'set', '--retries', '99'], 'gateway.invalid', 2],
    [['text', 'set', '--preset', 'twilio'], 'gateway.invalid', 2],
    [['text', 'set', '--preset', 'pigeon'], 'gateway.unknownPreset', 4],
    [['text', 'set', '--header', 'Accept'], 'usage.invalid', 2],
    [['text', 'set', '--value', 'from'], 'usage.invalid', 2],
    [['text', 'set', '--if-version', 'x'], 'usage.invalid', 2],
    [['text', 'set', '--ca-file', '/nowhere.pem'], 'tls.invalid', 2],
    [['text', 'test', '+14255550123'], 'gateway.notConfigured', 1],
    [['text', 'test', '12'], 'phone.invalid', 2],
    [['text', 'test', '+14255550123', '--language', 'xx'], 'usage.invalid', 2],
  ])('%j is refused as %s', async (args, code, exitCode) => {
    const result = await gateway([...args, '--json']);
    expect(result).toMatchObject({ exitCode, json: { error: { code } } });
  });
});
