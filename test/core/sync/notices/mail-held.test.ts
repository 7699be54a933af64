import { describe, expect, test } from 'vitest';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../../helpers/changing-directory.ts';
import { settingsFor } from '../../../helpers/email-settings.ts';
import { deliver } from '../../../helpers/mail-users.ts';
import { temporaryCore } from '../../../helpers/temporary-core.ts';
import { startScriptedMailServer } from '../../../servers/scripted-mail-server.ts';

/** Fifty people of an OU who are users already, and administrators with addresses. */
async function open(settings: Parameters<typeof settingsFor>[1] = {}, port = 1) {
  const core = temporaryCore();
  core.emailDelivery.save({
    after: settingsFor(port, { administrators: ['ada@corp.example', 'ben@corp.example'], ...settings }),
  });
  const directory = new ChangingDirectory();
  const staff = directory.ou('Staff');
  const other = directory.ou('Other');
  const ids = directory.addMany(50, staff, 'p');
  const sync = synchronizationWith(core, directory);
  sync.items.add('Staff', definition(container(staff)));
  await sync.run({});
  return {
    core,
    sync,
    mails: () => core.outbox.list().toReversed(),
    /** Moves people out of sight. */
    leave(from: number, to: number) {
      for (const id of ids.slice(from, to)) directory.move(id, other);
    },
    comeBack: () => ids.forEach((id) => void directory.move(id, staff)),
  };
}

describe('a run that has to wait for approval', () => {
  test('tells every administrator of it, with counts, reason, names and commands', async () => {
    const { core, sync, mails, leave } = await open();
    leave(0, 23);
    const { id, state } = await sync.run({});
    expect(state).toBe('awaitingApproval');
    expect(mails()).toMatchObject([
      { recipient: 'ada@corp.example', kind: 'syncAwaitingApproval', state: 'queued', userId: null },
      { recipient: 'ben@corp.example', kind: 'syncAwaitingApproval', state: 'queued' },
    ]);
    const [mail] = mails();
    const { content } = core.outbox.find(mail?.id ?? 0);
    expect(content?.subject).toMatch(new RegExp(`^Synchronization ${id} on .* waits for your approval$`));
    expect(content?.text).toContain(
      'To be disabled: 23. To be removed: 0. Without approval it may be 5 users',
    );
    expect(content?.text).toContain('The reason: 23 users would be disabled, and more than 5 need approval.');
    expect(content?.text).toMatch(/The users: p000, p001, .*, p019 and 3 more\.\n/);
    expect(content?.text).toContain(`- mfa-console sync approve ${id}\n- mfa-console sync reject ${id}\n`);
    expect(content?.html).toContain(`<li>mfa-console sync approve ${id}</li>`);
  });

  test('tells them in their language, also while mails to users are switched off', async () => {
    const { port, texts } = await startScriptedMailServer(() => undefined);
    const { core, sync, leave } = await open({ administratorLanguage: 'de', sendToUsers: false }, port);
    leave(0, 10);
    await sync.run({});
    await deliver(core);
    expect(texts).toHaveLength(2);
    expect(core.outbox.list()).toMatchObject([{ state: 'sent' }, { state: 'sent', language: 'de' }]);
    const [mail] = core.outbox.list();
    expect(core.outbox.find(mail?.id ?? 0).content?.text).toContain('Zu deaktivieren: 10.');
  });

  test('is told of once a day while later runs hold the same or less', async () => {
    const { core, sync, mails, leave, comeBack } = await open();
    leave(0, 10);
    await sync.run({});
    expect(mails()).toHaveLength(2);
    core.testClock.forward(3600);
    await sync.run({});
    comeBack();
    leave(0, 8);
    await sync.run({});
    expect(mails()).toHaveLength(2);
    core.testClock.forward(82_800);
    const { id } = await sync.run({});
    expect(mails()).toHaveLength(4);
    expect(mails()[3]?.subject).toContain(`Synchronization ${id} `);
  });

  test('is told of at once when it holds somebody else, or something else of somebody', async () => {
    const { core, sync, mails, leave } = await open();
    leave(0, 10);
    await sync.run({});
    leave(10, 11);
    await sync.run({});
    expect(mails()).toHaveLength(4);
    const [item] = sync.items.list();
    sync.items.edit(item?.name ?? '', { leavers: 'remove' });
    await sync.run({});
    expect(mails()).toHaveLength(6);
    expect(core.outbox.find(mails()[5]?.id ?? 0).content?.text).toContain(
      'To be disabled: 0. To be removed: 11.',
    );
  });

  test('is not told of by a simulation, nor by an approval of a part', async () => {
    const { sync, mails, leave } = await open();
    leave(0, 10);
    await sync.run({}, { dryRun: true });
    expect(mails()).toEqual([]);
    const { id } = await sync.run({});
    expect(mails()).toHaveLength(2);
    expect(await sync.approve(id, ['p003'])).toMatchObject({ counts: { disabled: 1 } });
    expect(mails()).toHaveLength(2);
  });

  test('leaves a mail that says why when nobody has an address, which can be sent later', async () => {
    const { core, sync, mails, leave } = await open({ administrators: [] });
    leave(0, 10);
    await sync.run({});
    expect(mails()).toMatchObject([
      { username: 'administrators', recipient: null, state: 'notSent', whyCode: 'mail.noAddress' },
    ]);
    const ids = mails().map(({ id }) => id);
    expect(await core.outbox.retry(ids)).toMatchObject([{ error: { code: 'mail.noAddress' } }]);
    const { settings } = core.emailDelivery.load();
    core.emailDelivery.save({
      after: { ...settings, administrators: ['cleo@corp.example', 'dan@corp.example'] },
    });
    await core.outbox.retry(ids);
    expect(mails()).toMatchObject([
      { recipient: 'cleo@corp.example', state: 'queued' },
      { recipient: 'dan@corp.example', state: 'queued' },
    ]);
    await core.outbox.cancel(ids);
    expect(await core.outbox.resend(ids)).toMatchObject([{ mail: { recipient: 'cleo@corp.example' } }]);
  });
});
