import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../../../src/core/audit/audit-query.ts';
import type { EmailSettings } from '../../../../../src/core/email/email-settings.ts';
import { settingsFor } from '../../../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail } from '../../../../helpers/mail-users.ts';
import { temporaryCore } from '../../../../helpers/temporary-core.ts';
import { refusal, startMailServer, withoutTls } from '../../../../servers/mail-server.ts';
import { type SmtpMoment, startScriptedMailServer } from '../../../../servers/scripted-mail-server.ts';

const pin = '83017426';

/** A core that sends to a port, with one mail that waits. */
async function coreWithMail(port: number, settings: Partial<EmailSettings> = {}) {
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port, settings) });
  const user = await addMailUser(core, 'amara');
  const { id, messageId } = await queueMail(core, user, { pin });
  return { core, id, messageId, user };
}

test('a mail that was sent tells the words of the server, and has lost its PIN', async () => {
  const { port, arrivals } = await startMailServer(withoutTls);
  const { core, id, messageId } = await coreWithMail(port);
  expect(await deliver(core)).toMatchObject([{ kind: 'started' }, { kind: 'sent' }, { kind: 'stopped' }]);
  expect(arrivals).toHaveLength(1);
  expect(arrivals[0]?.mail.text).toContain(pin);
  expect(arrivals[0]?.mail.messageId).toBe(messageId);
  expect(core.outbox.find(id)).toMatchObject({
    state: 'sent',
    why: expect.stringMatching(/^250 /),
    attempts: 1,
    nextAttemptAt: null,
    finishedAt: expect.any(String),
    content: { text: expect.stringContaining('****') },
  });
  expect(core.store.prepare('SELECT sealed FROM outbox').get()).toEqual({ sealed: null });
  const [event] = listAudit(core.store, { action: 'mail' }, 1);
  expect(event).toMatchObject({
    action: 'mail.sent',
    target: 'amara',
    result: 'success',
    details: { mail: id, to: 'amara@corp.example', kind: 'newUser', messageId },
  });
  expect(JSON.stringify(event)).not.toContain(pin);
});

describe('a mail server that', () => {
  test.each([
    ['greylists', 451, 'Greylisted, come back later', 60],
    ['has no room for now', 452, 'Mailbox full for now', 60],
    ['has a busy mailbox', 450, 'Mailbox busy', 60],
  ])('%s gets the mail again after a minute', async (_, code, words, seconds) => {
    let attempts = 0;
    const { port, arrivals } = await startMailServer({
      ...withoutTls,
      onRcptTo(_address, _session, done) {
        attempts += 1;
        if (attempts === 1) done(refusal(code, words));
        else done();
      },
    });
    const { core, id } = await coreWithMail(port);
    const began = core.testClock.now.getTime();
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({
      state: 'queued',
      whyCode: 'mail.deferred',
      why: expect.stringContaining(`${code} ${words}`),
      attempts: 1,
      nextAttemptAt: new Date(began + seconds * 1000).toISOString(),
    });
    await deliver(core, 2 * seconds);
    expect(core.outbox.find(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(arrivals).toHaveLength(1);
  });

  test.each([
    [550, 'No such person'],
    [552, 'Mailbox full'],
    [553, 'Not allowed'],
  ])('refuses the receiver with %i does not get the mail again', async (code, words) => {
    let attempts = 0;
    const { port } = await startMailServer({
      ...withoutTls,
      onRcptTo(_address, _session, done) {
        attempts += 1;
        done(refusal(code, words));
      },
    });
    const { core, id } = await coreWithMail(port);
    expect(await deliver(core, 7200)).toMatchObject([{}, { kind: 'failed' }, {}]);
    expect(attempts).toBe(1);
    expect(core.outbox.find(id)).toMatchObject({
      state: 'failed',
      whyCode: 'mail.refused',
      why: expect.stringContaining(`${code} ${words}`),
    });
    expect(listAudit(core.store, { action: 'mail' }, 1)).toMatchObject([
      { action: 'mail.failed', result: 'failure', reason: expect.stringContaining(words) },
    ]);
  });

  test.each([
    [452, 'Out of space', 'queued'],
    [552, 'Too large', 'failed'],
    [554, 'Looks like spam', 'failed'],
  ])('answers the text with %i: then the next mail goes out all the same', async (code, words, state) => {
    let texts = 0;
    const {
      port,
      texts: taken,
      connections,
    } = await startScriptedMailServer((moment) => {
      if (moment !== 'text') return undefined;
      texts += 1;
      return texts === 1 ? `${code} ${words}` : undefined;
    });
    const { core, id, user } = await coreWithMail(port);
    const second = await queueMail(core, user);
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({ state, why: expect.stringContaining(words) });
    expect(core.outbox.find(second.id)).toMatchObject({ state: 'sent', why: '250 taken' });
    expect([taken.length, connections()]).toEqual([2, 1]);
  });

  const hangUp = (wanted: SmtpMoment, times: number) => {
    let done = 0;
    return (moment: SmtpMoment, socket: { destroy(): void }) => {
      if (moment !== wanted || done >= times) return undefined;
      done += 1;
      socket.destroy();
      return null;
    };
  };

  test('ends the connection after the text, before its answer, leaves the mail in doubt', async () => {
    const { port, texts } = await startScriptedMailServer(hangUp('text', 1));
    const { core, id, messageId } = await coreWithMail(port);
    expect(await deliver(core, 7200)).toMatchObject([{}, { kind: 'inDoubt' }, {}]);
    expect(core.outbox.find(id)).toMatchObject({
      state: 'inDoubt',
      whyCode: 'mail.inDoubt',
      why: expect.stringMatching(/had left for 127\.0\.0\.1:\d+, and no answer came .*nobody knows/),
      nextAttemptAt: null,
    });
    expect(texts).toHaveLength(1);
    expect(listAudit(core.store, { action: 'mail' }, 1)).toMatchObject([{ action: 'mail.inDoubt' }]);
    await core.outbox.retry([id]);
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({ state: 'sent', messageId });
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      expect(text).toContain(`Message-ID: ${messageId}`);
      expect(text).toContain(pin);
    }
  });

  test.each(['MAIL', 'RCPT', 'DATA'] as const)(
    'ends the connection at %s gets the mail again',
    async (moment) => {
      const { port, texts } = await startScriptedMailServer(hangUp(moment, 1));
      const { core, id } = await coreWithMail(port);
      expect(await deliver(core, 120)).toMatchObject([{}, { kind: 'deferred' }, { kind: 'sent' }, {}]);
      expect(texts).toHaveLength(1);
      expect(core.outbox.find(id)).toMatchObject({ state: 'sent', attempts: 2 });
    },
  );

  test('keeps silent after the text leaves the mail in doubt', async () => {
    const { port } = await startScriptedMailServer((moment) => (moment === 'text' ? null : undefined));
    const { core, id } = await coreWithMail(port, { timeoutSeconds: 3 });
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({ state: 'inDoubt', why: expect.stringContaining('Timeout') });
  });

  test.each<[string, SmtpMoment, string | null]>([
    ['keeps silent', 'greeting', null],
    ['does not serve this machine', 'greeting', '554 Not for you'],
    ['goes down', 'EHLO', '421 Going down'],
  ])(
    '%s lets all mails wait in their order, with its words, until it can be used',
    async (_, wanted, words) => {
      let failures = 0;
      const { port, texts } = await startScriptedMailServer((moment) => {
        if (moment !== wanted || failures === 2) return undefined;
        failures += 1;
        return words;
      });
      const { core, id, user } = await coreWithMail(port, { timeoutSeconds: 3 });
      const second = await queueMail(core, user, { kind: 'updatedUser' });
      await deliver(core);
      expect(core.outbox.health()).toMatchObject({
        failures: 1,
        failingSince: '2026-03-02T10:00:00.000Z',
        why: expect.stringContaining(words ?? 'did not answer in time'),
        pausedUntil: '2026-03-02T10:00:10.000Z',
      });
      expect(core.outbox.find(id)).toMatchObject({
        state: 'queued',
        why: expect.stringMatching(/\w/),
        attempts: 1,
      });
      expect(core.outbox.find(second.id)).toMatchObject({ state: 'queued', attempts: 0 });
      await deliver(core, 120);
      expect(core.outbox.list().map(({ state }) => state)).toEqual(['sent', 'sent']);
      expect(texts.map((text) => /Message-ID: (.*)/.exec(text)?.[1])).toEqual([
        core.outbox.find(id).messageId,
        second.messageId,
      ]);
      expect(core.outbox.health()).toMatchObject({ failures: 0, why: null, pausedUntil: null });
      const paused = listAudit(core.store, {}, 20).map(({ action }) => action);
      expect(paused.filter((action) => /paused|resumed/.test(action))).toEqual([
        'mail.resumed',
        'mail.paused',
      ]);
    },
  );

  test('has ended the connection in between is connected to again, and no mail is repeated', async () => {
    const { port, texts, connections } = await startScriptedMailServer((moment, socket, number) => {
      if (moment !== 'text' || number > 1) return undefined;
      socket.end('250 taken\r\n');
      return null;
    });
    const { core, user } = await coreWithMail(port);
    await queueMail(core, user);
    expect(await deliver(core)).toMatchObject([{}, { kind: 'sent' }, { kind: 'sent' }, {}]);
    expect([texts.length, connections()]).toEqual([2, 2]);
  });

  test('takes many mails gets them over one connection, up to a hundred', async () => {
    const { port, texts, connections } = await startScriptedMailServer(() => undefined);
    const { core, user } = await coreWithMail(port, { mailsPerMinute: 6000 });
    for (let count = 1; count < 150; count += 1) await queueMail(core, user);
    await deliver(core);
    expect([texts.length, connections()]).toEqual([150, 2]);
  });

  test('refuses the receiver and takes the copies does not get the text', async () => {
    let receivers = 0;
    const { port, texts } = await startScriptedMailServer((moment) => {
      if (moment !== 'RCPT') return undefined;
      receivers += 1;
      return receivers === 1 ? '550 No such person' : undefined;
    });
    const { core, id } = await coreWithMail(port);
    core.store
      .prepare(
        `UPDATE outbox SET sealed = NULL, content = json_set(content, '$.cc', json('["boss@corp.example"]'))`,
      )
      .run();
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('No such person'),
    });
    expect(receivers).toBe(2);
    expect(texts).toEqual([]);
  });

  test('refuses a copy and takes the mail is said to have done so', async () => {
    let receivers = 0;
    const { port } = await startScriptedMailServer((moment) => {
      if (moment !== 'RCPT') return undefined;
      receivers += 1;
      return receivers === 2 ? '550 No such boss' : undefined;
    });
    const { core, id } = await coreWithMail(port);
    core.store
      .prepare(
        `UPDATE outbox SET sealed = NULL, content = json_set(content, '$.cc', json('["boss@corp.example"]'))`,
      )
      .run();
    await deliver(core);
    expect(core.outbox.find(id)).toMatchObject({
      state: 'sent',
      why: '250 taken (a copy was refused: 550 No such boss)',
    });
  });
});
