import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import type { EmailSettings } from '../../../src/core/email/email-settings.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { createTestCertificates, type TestCertificates } from '../../servers/certificates.ts';
import { refusal, startMailServer, withoutTls } from '../../servers/mail-server.ts';
import { describeWithServer, openSsl } from '../../servers/require-server.ts';

/** Sends the test mail with settings; the conversation is kept also when it fails. */
async function send(settings: EmailSettings, password?: string) {
  const core = temporaryCore();
  core.emailDelivery.save({ after: settings, password });
  const conversation: string[] = [];
  const sent = core.emailDelivery.sendTest('jane@corp.example', {
    onConversation: (line) => conversation.push(line),
  });
  const error = await sent.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { core, error, conversation: conversation.join('\n') };
}

describeWithServer('a mail server with certificates', openSsl, () => {
  let folder: string;
  let certificates: TestCertificates;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mfa-console-mail-'));
    certificates = await createTestCertificates(folder, ['127.0.0.1']);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['startTls', 'implicitTls'] as const)(
    'gets mail and account encrypted with %s, and the conversation hides the password',
    async (security) => {
      const { cert, key } = certificates.valid;
      const { port, arrivals } = await startMailServer({
        cert,
        key,
        secure: security === 'implicitTls',
        authOptional: false,
        onAuth({ username, password }, _session, done) {
          if (username === 'mfa' && password === 'Pass-word 1') done(null, { user: username });
          else done(new Error('wrong'));
        },
      });
      const settings = settingsFor(port, { security, user: 'mfa', ca: certificates.authority.cert });
      const { error, conversation } = await send(settings, 'Pass-word 1');
      expect(error).toBeNull();
      expect(arrivals.map(({ wasEncrypted, receivers }) => [wasEncrypted, receivers])).toEqual([
        [true, ['jane@corp.example']],
      ]);
      expect(conversation).toContain('> AUTH ');
      const encoded = Buffer.from('\0mfa\0Pass-word 1').toString('base64');
      for (const secret of ['Pass-word 1', encoded, Buffer.from('Pass-word 1').toString('base64')]) {
        expect(conversation).not.toContain(secret);
      }
    },
  );

  it.each([
    ['startTls', 'untrusted'],
    ['startTls', 'wrongName'],
    ['startTls', 'expired'],
    ['implicitTls', 'untrusted'],
    ['implicitTls', 'wrongName'],
    ['implicitTls', 'expired'],
  ] as const)('gets nothing with %s and a certificate that is %s', async (security, condition) => {
    const { cert, key } = certificates[condition];
    const { port, arrivals } = await startMailServer({ cert, key, secure: security === 'implicitTls' });
    const { error } = await send(settingsFor(port, { security, ca: certificates.authority.cert }));
    expect(error).toMatchObject({ code: 'mail.tls' });
    expect(arrivals).toEqual([]);
  });

  it('that does not accept the account says so in its own words', async () => {
    const { cert, key } = certificates.valid;
    const { port } = await startMailServer({
      cert,
      key,
      onAuth: (_login, _session, done) => done(refusal(535, 'Account unknown here')),
    });
    const settings = settingsFor(port, {
      security: 'startTls',
      user: 'mfa',
      ca: certificates.authority.cert,
    });
    const { error } = await send(settings, 'secret of mfa');
    expect(error).toMatchObject({
      code: 'mail.credentials',
      message: expect.stringContaining('Account unknown here'),
    });
    expect(String(error)).not.toContain('secret of mfa');
  });
});

describe('a mail server', () => {
  it('that offers no encryption gets neither mail nor password when STARTTLS is required', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const { error, conversation } = await send(
      settingsFor(port, { security: 'startTls', user: 'mfa' }),
      'secret',
    );
    expect(error).toMatchObject({ code: 'mail.tls' });
    expect(conversation).not.toMatch(/AUTH|MAIL FROM/);
    expect(arrivals).toEqual([]);
  });

  it.each([
    [451, 'Greylisted, come back later', 'mail.deferred'],
    [452, 'Mailbox full for now', 'mail.deferred'],
    [550, 'No such person', 'mail.refused'],
    [552, 'Mailbox full', 'mail.refused'],
  ])('that answers %i is quoted', async (code, words, errorCode) => {
    const { port } = await startMailServer({
      ...withoutTls,
      onRcptTo: (_address, _session, done) => done(refusal(code, words)),
    });
    const { core, error, conversation } = await send(settingsFor(port));
    expect(error).toMatchObject({ code: errorCode, message: expect.stringContaining(words) });
    expect(conversation).toContain(`< ${code} ${words}`);
    const events = listAudit(core.store, {}, 1);
    expect(JSON.stringify(events)).toContain(words);
  });

  it.each([
    [452, 'Out of space', 'mail.deferred'],
    [552, 'Too large', 'mail.refused'],
  ])('that answers %i after the text is quoted', async (code, words, errorCode) => {
    const { port } = await startMailServer({
      ...withoutTls,
      onData(stream, _session, done) {
        stream.resume().on('end', () => done(refusal(code, words)));
      },
    });
    const { error } = await send(settingsFor(port));
    expect(error).toMatchObject({ code: errorCode, message: expect.stringContaining(words) });
  });

  it.each([
    ['hangs', 'mail.timeout', () => {}],
    ['hangs up', 'mail.unreachable', (socket: { destroy(): void }) => socket.destroy()],
  ] as const)('that %s is given up', async (_what, code, onConnection) => {
    const sockets: { destroy(): void }[] = [];
    const server = createServer((socket) => {
      socket.on('error', () => {});
      sockets.push(socket);
      onConnection(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const { error } = await send(settingsFor(port, { timeoutSeconds: 1 }));
    expect(error).toMatchObject({ code });
  });
});

it('a test that is given up is not sent, and says so in the audit log', async () => {
  const { port, arrivals } = await startMailServer(withoutTls);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port) });
  const abort = new AbortController();
  const sent = core.emailDelivery.sendTest('jane@corp.example', {
    signal: abort.signal,
    onConversation: (line) => line.startsWith('> EHLO') && abort.abort(),
  });
  await expect(sent).rejects.toMatchObject({ code: 'run.cancelled' });
  expect(arrivals).toEqual([]);
  expect(listAudit(core.store, {}, 1)).toMatchObject([{ result: 'failure' }]);
});

it('a test with other settings leaves the stored ones as they are', async () => {
  const { port, arrivals } = await startMailServer(withoutTls);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(1) });
  const settings = settingsFor(port);
  await core.emailDelivery.sendTest('jane@corp.example', { settings, onConversation: () => {} });
  expect(arrivals).toHaveLength(1);
  expect(core.emailDelivery.load()).toMatchObject({ settings: { port: 1 }, version: 1 });
});

it('settings that somebody else has changed meanwhile are not written over', () => {
  const core = temporaryCore();
  const { version } = core.emailDelivery.load();
  core.emailDelivery.save({ after: settingsFor(25) });
  const save = () => core.emailDelivery.save({ after: settingsFor(26), version });
  expect(save).toThrow('The e-mail settings were changed by admin@test at');
  expect(core.emailDelivery.load().settings.port).toBe(25);
});
