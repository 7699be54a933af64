import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../../src/core/audit/audit-query.ts';
import type { EmailSettings } from '../../../../src/core/email/email-settings.ts';
import { updateMailRow } from '../../../../src/core/email/outbox/outbox-rows.ts';
import { MailTemplates } from '../../../../src/core/email/templates/mail-templates.ts';
import { addMailUser, queueMail, readySettings } from '../../../helpers/mail-users.ts';
import { temporaryCore } from '../../../helpers/temporary-core.ts';

const pin = '83017426';

function readyCore(change: Partial<EmailSettings> = {}) {
  const core = temporaryCore();
  core.emailDelivery.save({ after: { ...readySettings, ...change } });
  return core;
}

describe('a due mail', () => {
  test('is queued with its text, in the order of queueing', async () => {
    const core = readyCore();
    const first = await queueMail(core, await addMailUser(core, 'amara'));
    const second = await queueMail(core, await addMailUser(core, 'bruno'), { kind: 'updatedUser' });
    expect(core.outbox.list().map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(core.outbox.find(first.id)).toMatchObject({
      username: 'amara',
      recipient: 'amara@corp.example',
      kind: 'newUser',
      method: 'phoneCall',
      mode: 'pin',
      language: 'en',
      state: 'queued',
      why: null,
      queuedAt: '2026-03-02T10:00:00.000Z',
      nextAttemptAt: '2026-03-02T10:00:00.000Z',
      messageId: expect.stringMatching(/^<[\w-]{36}@corp\.example>$/),
      content: { text: expect.stringContaining('amara') },
    });
  });

  test('goes away with the transaction that it was queued in', async () => {
    const core = readyCore();
    const user = await addMailUser(core, 'amara');
    const queue = await core.outbox.openQueue();
    const change = () =>
      core.store.transaction(() => {
        queue.add({ user, kind: 'newUser' });
        throw new Error('the change failed');
      });
    expect(change).toThrow('the change failed');
    expect(core.outbox.count()).toBe(0);
  });

  test.each<[string, Partial<EmailSettings>, object, string]>([
    ['is switched off', { sendToUsers: false }, {}, 'mail.switchedOff'],
    ['has no address', {}, { email: null }, 'mail.noAddress'],
    ['has no From address', { from: '' }, {}, 'mail.notConfigured'],
    ['has no mail server', { host: '' }, {}, 'mail.notConfigured'],
    ['has no method to be written for', {}, { method: null, mode: null }, 'mail.noMethod'],
  ])(
    'that %s is kept with the reason, and goes out when that was mended',
    async (_, settings, change, code) => {
      const core = readyCore(settings);
      const mail = await queueMail(core, await addMailUser(core, 'amara', change), { pin });
      expect(mail).toMatchObject({ state: 'notSent', whyCode: code, why: expect.stringMatching(/\w/) });
      expect(listAudit(core.store, { action: 'mail' }, 5)).toMatchObject([
        { action: 'mail.notSent', target: 'amara', result: 'failure', reason: mail.why },
      ]);
      expect(await core.outbox.retry([mail.id])).toMatchObject([{ error: { code } }]);
      core.emailDelivery.save({ after: readySettings });
      await core.users.edit('amara', { email: 'amara@corp.example', method: 'phoneCall', mode: 'pin' });
      expect(await core.outbox.retry([mail.id])).toMatchObject([
        { mail: { state: 'queued', why: null, recipient: 'amara@corp.example' } },
      ]);
      expect(core.outbox.find(mail.id).content?.text).toContain('PIN');
    },
  );

  test('whose template does not work any more is kept with the reason', async () => {
    const core = readyCore();
    const user = await addMailUser(core, 'amara');
    const key = { method: 'phoneCall', mode: 'pin', kind: 'newUser', language: 'en' } as const;
    new MailTemplates(core).save(key, { subject: 'A', text: 'B', html: 'none', cc: [], attachments: [] });
    core.store
      .prepare(`UPDATE template_overrides SET source = replace(source, '"B"', '"<$ nobody $>"')`)
      .run();
    const mail = await queueMail(core, user);
    expect(mail).toMatchObject({ state: 'notSent', whyCode: 'template.invalid' });
    expect(mail.why).toContain('nobody');
  });
});

describe('a mail with a PIN', () => {
  test('shows it nowhere in the database', async () => {
    const core = readyCore();
    const { id } = await queueMail(core, await addMailUser(core, 'amara'), { pin });
    const { content, withPin } = core.outbox.find(id);
    expect(withPin).toBe(true);
    expect(content?.text).toContain('****');
    const database = new Database(core.store.file, { readonly: true });
    const rows = JSON.stringify([
      database.prepare('SELECT * FROM outbox').all(),
      database.prepare('SELECT * FROM audit_events').all(),
    ]);
    database.close();
    expect(rows).not.toContain(pin);
  });

  test('loses it when it is cancelled, and cannot be sent again then', async () => {
    const core = readyCore();
    const { id } = await queueMail(core, await addMailUser(core, 'amara'), { pin });
    expect(await core.outbox.cancel([id])).toMatchObject([
      { mail: { state: 'cancelled', why: 'Cancelled by admin@test; before that queued' } },
    ]);
    expect(core.store.prepare('SELECT sealed FROM outbox').get()).toEqual({ sealed: null });
    expect(await core.outbox.resend([id])).toMatchObject([{ error: { code: 'mail.pinGone' } }]);
  });
});

describe('a mail that was not taken', () => {
  test('is retried to the present address, under the same Message-ID', async () => {
    const core = readyCore();
    const mail = await queueMail(core, await addMailUser(core, 'amara'), { pin });
    updateMailRow(core.store, mail.id, { state: 'failed', why: '550 No such person', attempts: 3 });
    await core.users.edit('amara', { email: 'a.lindqvist@corp.example' });
    core.testClock.forward(3600);
    expect(await core.outbox.retry([mail.id, 99])).toMatchObject([
      {
        mail: {
          state: 'queued',
          attempts: 0,
          recipient: 'a.lindqvist@corp.example',
          nextAttemptAt: '2026-03-02T11:00:00.000Z',
          messageId: mail.messageId,
        },
      },
      { id: 99, error: { code: 'mail.notFound' } },
    ]);
  });

  test('is sent again as another mail with the same text', async () => {
    const core = readyCore();
    const mail = await queueMail(core, await addMailUser(core, 'amara'), { pin });
    expect(await core.outbox.resend([mail.id])).toMatchObject([{ error: { code: 'mail.notPossible' } }]);
    updateMailRow(core.store, mail.id, { state: 'inDoubt' });
    expect(await core.outbox.resend([mail.id])).toMatchObject([
      { id: mail.id, mail: { state: 'queued', repeats: mail.id, withPin: true } },
    ]);
    const [again] = core.outbox.list();
    expect(again?.messageId).not.toBe(mail.messageId);
    expect(core.outbox.find(again?.id ?? 0).content).toEqual(core.outbox.find(mail.id).content);
  });

  test('is not sent again where it cannot be sent, and says why', async () => {
    const core = readyCore();
    const mail = await queueMail(core, await addMailUser(core, 'amara'));
    updateMailRow(core.store, mail.id, { state: 'sent' });
    await core.users.edit('amara', { email: null });
    expect(await core.outbox.resend([mail.id])).toMatchObject([{ error: { code: 'mail.noAddress' } }]);
    expect(core.outbox.count()).toBe(1);
  });

  test('stays what it is when its user was removed', async () => {
    const core = readyCore();
    const mail = await queueMail(core, await addMailUser(core, 'amara'));
    updateMailRow(core.store, mail.id, { state: 'failed' });
    await core.users.remove(['amara']);
    expect(core.outbox.find(mail.id)).toMatchObject({ userId: null, username: 'amara', state: 'failed' });
    expect(await core.outbox.retry([mail.id])).toMatchObject([{ error: { code: 'mail.userRemoved' } }]);
  });

  test.each(['sending', 'sent', 'cancelled'])('and is %s is neither retried nor cancelled', async (state) => {
    const core = readyCore();
    const { id } = await queueMail(core, await addMailUser(core, 'amara'));
    updateMailRow(core.store, id, { state });
    expect(await core.outbox.retry([id])).toMatchObject([{ error: { code: 'mail.notPossible' } }]);
    expect(await core.outbox.cancel([id])).toMatchObject([{ error: { code: 'mail.notPossible' } }]);
  });
});

describe('a filter of the outbox', () => {
  test.each([
    ['', [3, 2, 1]],
    ['state:failed', [1]],
    ['state:failed state:QUEUED', [3, 2, 1]],
    ['kind:updatedUser', [3]],
    ['user:BRUNO', [2]],
    ['550', [1]],
    ['amara corp', [1]],
    ['Jörg', [3]],
    ['"no such"', [1]],
    ['100%', []],
    ['state:', [3, 2, 1]],
  ])('"%s" finds %j', async (filter, ids) => {
    const core = readyCore();
    await queueMail(core, await addMailUser(core, 'amara'));
    await queueMail(core, await addMailUser(core, 'bruno'));
    await queueMail(core, await addMailUser(core, 'Jörg', { email: 'j@corp.example' }), {
      kind: 'updatedUser',
    });
    updateMailRow(core.store, 1, { state: 'failed', why: '550 No such person' });
    expect(core.outbox.list({ filter }).map(({ id }) => id)).toEqual(ids);
    expect(core.outbox.count({ filter })).toBe(ids.length);
    expect(core.outbox.ids({ filter })).toEqual(ids.toReversed());
  });

  test.each(['sate:failed', 'state:gone', 'kind:letter'])('"%s" is refused', (filter) => {
    expect(() => readyCore().outbox.list({ filter })).toThrow(
      expect.objectContaining({ code: 'filter.invalid' }),
    );
  });

  test('gives pages behind each other, and counts by state', async () => {
    const core = readyCore();
    const user = await addMailUser(core, 'amara');
    for (let count = 0; count < 5; count += 1) await queueMail(core, user);
    expect(core.outbox.list({ limit: 2 }).map(({ id }) => id)).toEqual([5, 4]);
    expect(core.outbox.list({ limit: 2, before: 4 }).map(({ id }) => id)).toEqual([3, 2]);
    expect(core.outbox.list({ limit: 2, offset: 4 }).map(({ id }) => id)).toEqual([1]);
    expect(core.outbox.countByState(['queued', 'failed'])).toEqual({ queued: 5, failed: 0 });
  });
});

test('an export has every mail once, also when it comes in many parts', async () => {
  const core = readyCore();
  const user = await addMailUser(core, 'amara');
  const queue = await core.outbox.openQueue();
  core.store.transaction(() => {
    for (let count = 0; count < 1001; count += 1) queue.add({ user, kind: 'newUser' });
  });
  const idsOf = (which?: string | readonly number[]) => {
    const { mails } = JSON.parse([...core.outbox.export('json', which)].join('')) as {
      mails: { id: number }[];
    };
    return mails.map(({ id }) => id);
  };
  expect(idsOf()).toEqual(Array.from({ length: 1001 }, (_, index) => 1001 - index));
  expect(idsOf([3, 700, 5000, 12])).toEqual([700, 12, 3]);
  expect(idsOf('state:sent')).toEqual([]);
});
