import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EmailSettings } from '../../../../../src/core/email/email-settings.ts';
import { settingsFor } from '../../../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail } from '../../../../helpers/mail-users.ts';
import { temporaryCore } from '../../../../helpers/temporary-core.ts';
import { createTestCertificates, type TestCertificates } from '../../../../servers/certificates.ts';
import { startMailServer } from '../../../../servers/mail-server.ts';
import { describeWithServer, openSsl } from '../../../../servers/require-server.ts';

describeWithServer('a mail server with a private authority and accounts', openSsl, () => {
  let folder: string;
  let certificates: TestCertificates;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mfa-console-mail-'));
    certificates = await createTestCertificates(folder, ['127.0.0.1']);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function serverAndCore(
    security: 'startTls' | 'implicitTls',
    change: Partial<EmailSettings>,
    password: string,
  ) {
    const { cert, key } = certificates.valid;
    const logons: string[] = [];
    const server = await startMailServer({
      cert,
      key,
      secure: security === 'implicitTls',
      authOptional: false,
      onAuth({ username = '', password }, _session, done) {
        logons.push(username);
        if (username === 'mfa' && password === 'Pass-word 1') done(null, { user: username });
        else done(new Error('Who are you'));
      },
    });
    const core = temporaryCore();
    const basic = { security, user: 'mfa', ca: certificates.authority.cert };
    core.emailDelivery.save({ after: settingsFor(server.port, { ...basic, ...change }), password });
    return { ...server, logons, core };
  }

  test.each(['startTls', 'implicitTls'] as const)(
    'gets several mails encrypted with %s after one logon',
    async (security) => {
      const { core, arrivals, logons } = await serverAndCore(security, {}, 'Pass-word 1');
      const user = await addMailUser(core, 'amara');
      for (let count = 0; count < 3; count += 1) await queueMail(core, user);
      await deliver(core);
      expect(arrivals.map(({ wasEncrypted }) => wasEncrypted)).toEqual([true, true, true]);
      expect(logons).toEqual(['mfa']);
      expect(core.outbox.list().map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    },
  );

  test.each<[string, Partial<EmailSettings>, string, string]>([
    ['the wrong password', {}, 'guessed', 'did not accept the account'],
    ['an authority that is not trusted', { ca: null }, 'Pass-word 1', 'No trusted encrypted connection'],
  ])('and %s lets the mails wait until the settings are mended', async (_, change, password, words) => {
    const { core, arrivals } = await serverAndCore('startTls', change, password);
    const { id } = await queueMail(core, await addMailUser(core, 'amara'));
    expect(await deliver(core)).toMatchObject([
      {},
      { kind: 'paused', why: expect.stringContaining(words) },
      {},
    ]);
    expect(core.outbox.find(id)).toMatchObject({ state: 'queued', why: expect.stringContaining(words) });
    const { settings } = core.emailDelivery.load();
    core.emailDelivery.save({
      after: { ...settings, ca: certificates.authority.cert },
      password: 'Pass-word 1',
    });
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(arrivals).toHaveLength(1);
  });
});
