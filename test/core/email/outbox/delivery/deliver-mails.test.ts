import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../../../src/core/audit/audit-query.ts';
import type { DeliveryEvent } from '../../../../../src/core/email/outbox/delivery/delivery-event.ts';
import { updateMailRow } from '../../../../../src/core/email/outbox/outbox-rows.ts';
import type { User } from '../../../../../src/core/users/user.ts';
import { settingsFor } from '../../../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail, readySettings } from '../../../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../../../helpers/temporary-folder.ts';
import { startScriptedMailServer } from '../../../../servers/scripted-mail-server.ts';

/** Queues mails to one user. @returns their Message-IDs */
async function queueMany(core: TemporaryCore, user: User, count: number): Promise<string[]> {
  const queue = await core.outbox.openQueue();
  return core.store.transaction(() =>
    Array.from({ length: count }, () => queue.add({ user, kind: 'newUser' }).messageId),
  );
}

const messageIdOf = (text: string) => /^Message-ID: (.*)$/m.exec(text)?.[1]?.trim() ?? '';

const states = (core: TemporaryCore) => core.outbox.list().map(({ state }) => state);

test('5,000 mails go out in the order of queueing, and never faster than the rate', {
  timeout: 300_000,
}, async () => {
  const { port, texts } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port, { mailsPerMinute: 600 }) });
  const queued = await queueMany(core, await addMailUser(core, 'amara'), 5000);
  const began = core.testClock.now.getTime();
  const sentAt: number[] = [];
  await core.store.withoutWaitingForDisk(() =>
    core.deliverMails({
      signal: new AbortController().signal,
      onEvent: ({ kind }) => {
        if (kind === 'sent') sentAt.push(core.testClock.now.getTime() - began);
      },
      endsWhenIdleMs: 5000,
    }),
  );
  expect(texts.map(messageIdOf)).toEqual(queued);
  expect(sentAt).toHaveLength(5000);
  expect(sentAt.at(-1)).toBe(499_900);
  const perMinute = Map.groupBy(sentAt, (at) => Math.floor(at / 60_000));
  expect(Math.max(...[...perMinute.values()].map(({ length }) => length))).toBe(600);
});

test('a mail that the server never takes is given up when it was tried for as long as the setting says', async () => {
  let attempts = 0;
  const { port } = await startScriptedMailServer((moment) => {
    if (moment !== 'RCPT') return undefined;
    attempts += 1;
    return '451 Come back later';
  });
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port, { giveUpAfterHours: 2 }) });
  const { id } = await queueMail(core, await addMailUser(core, 'amara'));
  await deliver(core, 7200);
  expect(core.outbox.find(id)).toMatchObject({
    state: 'failed',
    whyCode: 'mail.givenUp',
    why: expect.stringMatching(/^Given up after 2 h\. .*451 Come back later/),
    finishedAt: '2026-03-02T12:00:00.000Z',
  });
  // At once, after 1, 5, 15, 30 and 60 minutes more, and at the last moment.
  expect(attempts).toBe(7);
  await core.outbox.retry([id]);
  await deliver(core);
  expect(core.outbox.find(id)).toMatchObject({ state: 'queued', attempts: 1 });
});

test('mails to a server that cannot be reached are given up together', async () => {
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(1, { giveUpAfterHours: 1 }) });
  await queueMany(core, await addMailUser(core, 'amara'), 3);
  const events = await deliver(core, 3600);
  expect(events.filter(({ kind }) => kind === 'failed')).toHaveLength(3);
  expect(core.outbox.list()).toMatchObject(
    Array(3).fill({
      state: 'failed',
      whyCode: 'mail.givenUp',
      why: expect.stringContaining('could not be used'),
    }),
  );
  expect(listAudit(core.store, { action: 'mail.failed' }, 9)).toHaveLength(3);
});

test('new settings and a retry end the pause after a server that could not be used', async () => {
  const { port } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(1) });
  const { id } = await queueMail(core, await addMailUser(core, 'amara'));
  await deliver(core);
  expect(core.outbox.isDeliveryDue()).toBe(false);
  await core.outbox.retry([id]);
  expect(core.outbox.health()).toMatchObject({ failures: 1, pausedUntil: null });
  expect(core.outbox.isDeliveryDue()).toBe(true);
  await deliver(core);
  core.emailDelivery.save({ after: settingsFor(port) });
  expect(core.outbox.health()).toMatchObject({ failures: 0, pausedUntil: null });
  expect(await deliver(core)).toMatchObject([{}, { kind: 'sent' }, {}]);
  expect(core.outbox.isDeliveryDue()).toBe(false);
});

test('mails wait, and say so, while sending is switched off after they were queued', async () => {
  const { port, texts } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port) });
  await queueMail(core, await addMailUser(core, 'amara'));
  core.emailDelivery.save({ after: settingsFor(port, { sendToUsers: false }) });
  expect(core.outbox.isDeliveryDue()).toBe(false);
  expect(await deliver(core)).toMatchObject([
    {},
    { kind: 'held', why: expect.stringContaining('switched off') },
    { kind: 'stopped' },
  ]);
  core.emailDelivery.save({ after: settingsFor(port) });
  await deliver(core);
  expect([states(core), texts.length]).toEqual([['sent'], 1]);
});

test('a mail whose user was removed meanwhile is cancelled, and one that was cancelled does not go out', async () => {
  const { port, texts } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port) });
  await queueMail(core, await addMailUser(core, 'amara'), { pin: '83017426' });
  const second = await queueMail(core, await addMailUser(core, 'bruno'));
  await core.users.remove(['amara']);
  await core.outbox.cancel([second.id]);
  await deliver(core);
  expect(core.outbox.list()).toMatchObject([
    { state: 'cancelled', why: expect.stringContaining('Cancelled by admin@test') },
    { state: 'cancelled', whyCode: 'mail.userRemoved' },
  ]);
  expect(core.store.prepare('SELECT count(sealed) AS count FROM outbox').get()).toEqual({ count: 0 });
  expect(texts).toEqual([]);
});

describe('two deliverers', () => {
  test('send every mail once, and the second goes on when the first is stopped', async () => {
    const { port, texts } = await startScriptedMailServer(() => undefined);
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder, actor: 'service@test' });
    core.emailDelivery.save({ after: settingsFor(port, { mailsPerMinute: 60_000 }) });
    const queued = await queueMany(core, await addMailUser(core, 'amara'), 60);
    const [first, second] = [new AbortController(), new AbortController()];
    const heard: DeliveryEvent[] = [];
    let sent = 0;
    const count = ({ kind }: DeliveryEvent) => {
      if (kind === 'sent') sent += 1;
      if (sent === 20) first.abort();
      if (sent === queued.length) second.abort();
    };
    let two = Promise.resolve();
    const listen = (event: DeliveryEvent) => {
      heard.push(event);
      count(event);
    };
    await core.deliverMails({
      signal: first.signal,
      onEvent(event) {
        count(event);
        if (event.kind !== 'started') return;
        two = other.deliverMails({ signal: second.signal, onEvent: listen, endsWhenIdleMs: null });
      },
      endsWhenIdleMs: null,
    });
    await two;
    expect(texts.map(messageIdOf)).toEqual(queued);
    expect(heard[0]).toMatchObject({
      kind: 'waiting',
      why: expect.stringContaining('delivered by admin@test'),
    });
    expect(heard.filter(({ kind }) => kind === 'sent').length).toBeGreaterThan(30);
    expect(core.outbox.deliverer()).toBeNull();
  });

  test('the one that was silent for too long writes nothing and hands nothing over', async () => {
    const core = temporaryCore();
    const other = temporaryCore({ folder: core.folder, actor: 'service@test' });
    let isTaken = false;
    const { port, texts } = await startScriptedMailServer((moment, socket) => {
      if (moment !== 'RCPT' || isTaken) return undefined;
      isTaken = true;
      other.testClock.forward(120);
      void deliver(other).then(() => socket.write('250 ok\r\n'));
      return null;
    });
    core.emailDelivery.save({ after: settingsFor(port) });
    await queueMail(core, await addMailUser(core, 'amara'));
    await deliver(core);
    expect(texts).toHaveLength(1);
    expect(states(core)).toEqual(['sent']);
  });
});

describe('a deliverer that is stopped', () => {
  test.each(['greeting', 'MAIL', 'RCPT', 'DATA'] as const)(
    'while it waits for an answer to %s ends at once and lets the mail wait',
    async (wanted) => {
      const stop = new AbortController();
      const { port, texts } = await startScriptedMailServer((moment) => {
        if (moment !== wanted) return undefined;
        stop.abort();
        return null;
      });
      const core = temporaryCore();
      core.emailDelivery.save({ after: settingsFor(port, { timeoutSeconds: 60 }) });
      const { id } = await queueMail(core, await addMailUser(core, 'amara'));
      await core.deliverMails({ signal: stop.signal, onEvent: () => {}, endsWhenIdleMs: null });
      expect(core.outbox.find(id)).toMatchObject({ state: 'queued', attempts: 0, why: null });
      expect([texts.length, core.outbox.deliverer()]).toEqual([0, null]);
    },
  );

  test('while a mail has left waits for its answer', async () => {
    const stop = new AbortController();
    const { port } = await startScriptedMailServer((moment, socket) => {
      if (moment !== 'text') return undefined;
      stop.abort();
      setTimeout(() => socket.write('250 taken late\r\n'), 50);
      return null;
    });
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(port, { timeoutSeconds: 60 }) });
    const { id } = await queueMail(core, await addMailUser(core, 'amara'));
    await core.deliverMails({ signal: stop.signal, onEvent: () => {}, endsWhenIdleMs: null });
    expect(core.outbox.find(id)).toMatchObject({ state: 'sent', why: '250 taken late' });
  });
});

test('what a vanished deliverer left behind is taken up: in doubt only where the text had begun to leave', async () => {
  const { port, texts } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port) });
  const user = await addMailUser(core, 'amara');
  const [first, second] = [await queueMail(core, user), await queueMail(core, user)];
  updateMailRow(core.store, first.id, { state: 'sending', attempts: 1 });
  updateMailRow(core.store, second.id, {
    state: 'sending',
    attempts: 1,
    handed_over_at: '2026-03-02T10:00:00.000Z',
  });
  expect(core.outbox.isDeliveryDue()).toBe(true);
  await deliver(core);
  expect(texts.map(messageIdOf)).toEqual([first.messageId]);
  expect(core.outbox.find(second.id)).toMatchObject({
    state: 'inDoubt',
    why: expect.stringContaining('nobody knows whether the mail server took it'),
  });
});

test('mails to which nothing happens any more are removed after the days that the settings keep them', async () => {
  const { port } = await startScriptedMailServer(() => undefined);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port, { keepDays: 10 }) });
  const user = await addMailUser(core, 'amara');
  const sent = await queueMail(core, user);
  const failed = await queueMail(core, user, { pin: '83017426' });
  updateMailRow(core.store, failed.id, { state: 'failed', finished_at: '2026-03-02T10:00:00.000Z' });
  await deliver(core);
  core.testClock.forward(9 * 86_400);
  const later = await queueMail(core, user);
  await deliver(core);
  expect(core.outbox.ids()).toEqual([sent.id, failed.id, later.id]);
  core.testClock.forward(86_400);
  core.emailDelivery.save({ after: settingsFor(1, { keepDays: 10 }) });
  const waiting = await queueMail(core, user);
  await deliver(core);
  expect(core.outbox.ids()).toEqual([later.id, waiting.id]);
  expect(listAudit(core.store, { action: 'mail.removed' }, 9)).toMatchObject([{ details: { mails: 2 } }]);
});

test('a pickup folder gets files that are named after their mails, and mails wait while it is not there', async () => {
  const core = temporaryCore();
  const pickupFolder = temporaryFolder();
  core.emailDelivery.save({ after: { ...readySettings, deliverBy: 'pickup', pickupFolder } });
  const user = await addMailUser(core, 'amara');
  const first = await queueMail(core, user);
  await deliver(core);
  const [file = ''] = readdirSync(pickupFolder);
  expect(readFileSync(join(pickupFolder, file), 'utf8')).toContain(first.messageId);
  expect(core.outbox.find(first.id)).toMatchObject({ state: 'sent', why: join(pickupFolder, file) });
  rmSync(pickupFolder, { recursive: true });
  const second = await queueMail(core, user);
  await deliver(core);
  expect(core.outbox.find(second.id)).toMatchObject({ state: 'queued', whyCode: 'file.unwritable' });
});
