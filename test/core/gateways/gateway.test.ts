import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import type { NewSecrets } from '../../../src/core/gateways/gateway.ts';
import { type GatewaySettings, gatewaySettingsSchema } from '../../../src/core/gateways/gateway-settings.ts';
import { isSenderUnreachable } from '../../../src/core/gateways/senders.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { createTestCertificates, type TestCertificates } from '../../servers/certificates.ts';
import { type ScriptedAnswer, startGateway } from '../../servers/gateway-server.ts';
import { describeWithServer, openSsl } from '../../servers/require-server.ts';

const message = { phone: '(425) 555-0123', text: 'Your code is "123456" & more.', language: 'en' } as const;

function settingsFor(url: string, more: Partial<GatewaySettings> = {}): GatewaySettings {
  const body = '{"to": "<$phone$>", "text": "<$text$>"}';
  return gatewaySettingsSchema.parse({ url, body, acceptsPlain: true, timeoutSeconds: 5, ...more });
}

/** Sends a test message with settings; the conversation is kept also when it fails. */
async function send(settings: GatewaySettings, secrets: NewSecrets = {}) {
  const core = temporaryCore();
  await core.gateways.text.save({ after: settings, secrets });
  const lines: string[] = [];
  const started = core.testClock.now.getTime();
  const outcome = await core.gateways.text.test(message, { onConversation: (line) => lines.push(line) }).then(
    ({ response }) => ({ response, error: null }),
    (error: unknown) => ({ response: null, error }),
  );
  const waitedMs = core.testClock.now.getTime() - started;
  return { core, ...outcome, conversation: lines.join('\n'), waitedMs };
}

async function sendTo(answers: readonly ScriptedAnswer[], more: Partial<GatewaySettings> = {}) {
  const gateway = await startGateway(answers);
  return { gateway, ...(await send(settingsFor(`${gateway.url}/send`, more))) };
}

describe('a gateway', () => {
  it('is asked with the message in the form that its settings give', async () => {
    const { gateway, error, response } = await sendTo([{ status: 202, body: 'queued' }]);
    expect(error).toBeNull();
    expect(response).toBe('202 Accepted queued');
    const [arrival] = gateway.arrivals;
    expect(arrival).toMatchObject({ method: 'POST', path: '/send' });
    expect(arrival?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(arrival?.body ?? '')).toEqual({ to: '+14255550123', text: message.text });
  });

  it('gets its secrets, which are shown nowhere', async () => {
    const token = 's3cret"/\\token';
    const blob = Buffer.from(`acme:${token}`).toString('base64');
    const gateway = await startGateway([
      { status: 200, body: `hello ${token} ${JSON.stringify(token)} ${blob}` },
    ]);
    const headers = {
      Authorization: 'Basic <$value.account | append: ":" | append: secret.token | base64_encode$>',
    };
    const body = '{"key": "<$secret.token$>", "text": "<$text$>", "from": "<$value.from$>"}';
    const settings = settingsFor(gateway.url, { headers, body, values: { account: 'acme', from: 'MFA' } });
    const { error, response, conversation, core } = await send(settings, { token });
    expect(error).toBeNull();
    const [arrival] = gateway.arrivals;
    expect(arrival?.headers.authorization).toBe(`Basic ${blob}`);
    expect(JSON.parse(arrival?.body ?? '')).toEqual({ key: token, text: message.text, from: 'MFA' });
    const audit = JSON.stringify(listAudit(core.store, {}, 10));
    for (const place of [conversation, response ?? '', audit, JSON.stringify(core.gateways.text.load())]) {
      for (const secret of [token, JSON.stringify(token).slice(1, -1), blob])
        expect(place).not.toContain(secret);
    }
    expect(conversation).toContain('> Authorization: Basic ***');
    expect(conversation).toContain('"key": "***"');
    expect(conversation).toContain('< hello *** "***" ***');
  });

  it.each([
    ['a status of success', [{ status: 200 }], {}, null],
    [
      'the success pattern',
      [{ status: 200, body: '{"status": "0"}' }],
      { successPattern: '"status": "0"' },
      null,
    ],
    [
      'an answer without the success pattern',
      [{ status: 200, body: '{"status": "4"}' }],
      { successPattern: '"status": "0"' },
      'gateway.refused',
    ],
    [
      'the failure pattern, whatever its status',
      [{ status: 200, body: 'ERROR no credit' }],
      { failurePattern: '^ERROR', successPattern: 'credit' },
      'gateway.refused',
    ],
    ['a 400', [{ status: 400, body: 'bad number' }], {}, 'gateway.refused'],
    ['a 401', [{ status: 401 }], {}, 'gateway.credentials'],
    ['a 403', [{ status: 403 }], {}, 'gateway.credentials'],
    ['a redirection', [{ status: 302, headers: { Location: 'http://127.0.0.1:1/' } }], {}, 'gateway.refused'],
    ['a connection that it drops', ['drop'], {}, 'gateway.inDoubt'],
    ['no answer in time', ['hang'], { timeoutSeconds: 1 }, 'gateway.inDoubt'],
  ] as const)('that gives %s is asked once', async (_, answers, more, code) => {
    const { gateway, error, core } = await sendTo(answers, more);
    if (code === null) expect(error).toBeNull();
    else expect(error).toMatchObject({ code });
    expect(gateway.arrivals).toHaveLength(1);
    const [event] = listAudit(core.store, {}, 1);
    expect(event).toMatchObject({ action: 'gateway.tested', result: code === null ? 'success' : 'failure' });
    expect(JSON.stringify(event)).not.toContain('5550123');
  });

  it('is asked again, later and later, while it says that it cannot take messages now', async () => {
    const busy = { status: 503, body: 'busy' };
    const { gateway, error, conversation, waitedMs } = await sendTo([busy, { status: 429 }, { status: 200 }]);
    expect(error).toBeNull();
    expect(gateway.arrivals).toHaveLength(3);
    expect(waitedMs).toBe(3000);
    expect(conversation).toContain('Trying again in 2 s.');
  });

  it('is given up after so many repetitions as are allowed', async () => {
    const { gateway, error } = await sendTo([{ status: 500, body: 'broken' }], { retries: 1 });
    expect(error).toMatchObject({ code: 'gateway.unavailable', message: expect.stringContaining('broken') });
    expect(isSenderUnreachable(error)).toBe(true);
    expect(gateway.arrivals).toHaveLength(2);
  });

  it('that is not there is tried again, too', async () => {
    const { error, waitedMs } = await send(settingsFor('http://127.0.0.1:1/'));
    expect(error).toMatchObject({ code: 'gateway.unreachable' });
    expect(isSenderUnreachable(error)).toBe(true);
    expect(waitedMs).toBe(3000);
  });

  it('is not waited for any longer when that is interrupted', async () => {
    const gateway = await startGateway(['hang']);
    const core = temporaryCore();
    const abort = new AbortController();
    const sent = core.gateways.text.test(message, {
      settings: settingsFor(gateway.url),
      onConversation: () => {},
      signal: abort.signal,
    });
    const failed = expect(sent).rejects.toMatchObject({ code: 'run.cancelled' });
    await gateway.arrived(1);
    abort.abort();
    await failed;
  });
});

it('a call dials the extension of a number', async () => {
  const gateway = await startGateway([{ status: 200 }]);
  const core = temporaryCore();
  const settings = settingsFor(gateway.url, {
    format: 'form',
    body: 'to=<$phone$>&ext=<$extension$>&say=<$text$>&lang=<$locale$>',
  });
  const call = { ...message, phone: '+14255550123 x89', language: 'de' } as const;
  await core.gateways.voice.test(call, { settings, onConversation: () => {} });
  expect(Object.fromEntries(new URLSearchParams(gateway.arrivals[0]?.body))).toEqual({
    to: '+14255550123',
    ext: '89',
    say: message.text,
    lang: 'de-DE',
  });
});

describe('a sender of text messages', () => {
  it('uses what is stored', async () => {
    const gateway = await startGateway([{ status: 200, body: 'ok' }]);
    const core = temporaryCore();
    const headers = { 'X-Api-Key': '<$secret.key$>' };
    await core.gateways.text.save({ after: settingsFor(gateway.url, { headers }), secrets: { key: 'abc' } });
    const sent = await core.gateways.textSender.sendText({ ...message, phone: '+14255550123' });
    expect(sent.response).toBe('200 OK ok');
    expect(gateway.arrivals[0]?.headers['x-api-key']).toBe('abc');
  });

  it.each([
    ['no gateway', {}, {}],
    ['no secret', { url: 'https://gateway.test/', headers: { Authorization: '<$secret.key$>' } }, {}],
  ])('says what to do when there is %s', async (_, settings, secrets) => {
    const core = temporaryCore();
    await core.gateways.text.save({ after: gatewaySettingsSchema.parse(settings), secrets });
    await expect(core.gateways.textSender.sendText(message)).rejects.toMatchObject({
      code: 'gateway.notConfigured',
      advice: expect.stringContaining('mfa-console gateway text set'),
    });
  });
});

describe('settings of a gateway', () => {
  it('are changed with an audit event that tells of secrets only that they were set', async () => {
    const core = temporaryCore();
    const headers = { Authorization: 'Bearer <$secret.token$>' };
    const first = settingsFor('https://gateway.test/', { headers });
    await core.gateways.text.save({ after: first, secrets: { token: 'hidden-1' } });
    expect(await core.gateways.text.secretsOf(first)).toEqual([{ name: 'token', isStored: true }]);
    const after = settingsFor('https://gateway.test/', { values: { from: 'MFA' } });
    const changes = await core.gateways.text.save({ after });
    expect(changes).toEqual({
      'headers.Authorization': ['Bearer <$secret.token$>', null],
      'values.from': [null, 'MFA'],
      'secret.token': ['set', null],
    });
    const [event] = listAudit(core.store, {}, 1);
    expect(event).toMatchObject({ action: 'gateway.changed', target: 'text', details: { fields: changes } });
    expect(core.secrets.has('gateway.text.token')).toBe(false);
  });

  it('are not written over those of somebody else', async () => {
    const core = temporaryCore();
    const { version } = core.gateways.text.load();
    await core.gateways.text.save({ after: settingsFor('https://one.test/') });
    const late = core.gateways.text.save({ after: settingsFor('https://two.test/'), version });
    await expect(late).rejects.toMatchObject({ code: 'settings.changed' });
    expect(core.gateways.text.load().settings.url).toBe('https://one.test/');
  });

  it('are compared and not saved in a dry run', async () => {
    const core = temporaryCore();
    const changes = await core.gateways.voice.save({ after: settingsFor('https://one.test/'), dryRun: true });
    expect(changes.url).toEqual(['', 'https://one.test/']);
    expect(core.gateways.voice.load()).toMatchObject({ settings: { url: '' }, version: 0 });
  });
});

describeWithServer('a gateway with a certificate', openSsl, () => {
  let folder: string;
  let certificates: TestCertificates;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mfa-console-gateway-'));
    certificates = await createTestCertificates(folder, ['127.0.0.1']);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('of an authority that is trusted gets the message', async () => {
    const gateway = await startGateway([{ status: 200 }], certificates.valid);
    const { error } = await send(
      settingsFor(gateway.url, { acceptsPlain: false, ca: certificates.authority.cert }),
    );
    expect(error).toBeNull();
    expect(gateway.arrivals).toHaveLength(1);
  });

  it.each(['untrusted', 'wrongName', 'expired'] as const)('that is %s gets nothing', async (condition) => {
    const gateway = await startGateway([{ status: 200 }], certificates[condition]);
    const { error, waitedMs } = await send(settingsFor(gateway.url, { ca: certificates.authority.cert }));
    expect(error).toMatchObject({ code: 'gateway.tls' });
    expect(gateway.arrivals).toEqual([]);
    expect(waitedMs).toBe(0);
  });

  it('that is none gets nothing', async () => {
    const gateway = await startGateway([{ status: 200 }]);
    const { error } = await send(settingsFor(gateway.url.replace('http:', 'https:')));
    expect(error).toMatchObject({ code: 'gateway.tls' });
    expect(gateway.arrivals).toEqual([]);
  });
});
