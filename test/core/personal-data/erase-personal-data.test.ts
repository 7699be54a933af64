import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readAudit } from '../../../src/core/audit/audit-query.ts';
import { parseChainPoint } from '../../../src/core/audit/chain-point.ts';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { claimMail } from '../../../src/core/email/outbox/delivery/mail-row-states.ts';
import type { NoticeValues } from '../../../src/core/email/templates/notice-variables.ts';
import { valuesForKind } from '../../../src/core/email/templates/variables-of-kind.ts';
import { importRulesSchema } from '../../../src/core/import/import-rules.ts';
import { erasePersonalData } from '../../../src/core/personal-data/erase-personal-data.ts';
import { Lease } from '../../../src/core/runs/lease.ts';
import type { OutboxRow } from '../../../src/core/store/tables.ts';
import {
  ChangingDirectory,
  container,
  definition,
  synchronizationWith,
} from '../../helpers/changing-directory.ts';
import { directoryIdOf } from '../../helpers/directory-people.ts';
import { addMailUser, queueMail } from '../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const reason = 'request 4711';
/** Nothing else in the data of these tests looks like it. */
const name = 'quizzaciously';
const phone = '+14255550173';

/** Somebody with a history, beside somebody else. */
async function withHistory(): Promise<TemporaryCore> {
  const core = temporaryCore();
  await core.users.add({ username: 'bob', phone: '+14255550101' });
  const user = await addMailUser(core, name, { firstName: name, phone });
  await queueMail(core, user);
  const notices = await core.outbox.openNotices();
  notices.add('syncAwaitingApproval', {
    ...valuesForKind('syncAwaitingApproval', () => '1'),
    users: `bob, ${name}`,
  } as NoticeValues<'syncAwaitingApproval'>);
  await core.users.block([name], { reason: `${name} lost the laptop` });
  await core.users.edit(name, { username: `${name}2` });
  await core.users.edit(`${name}2`, { phone: null });
  return core;
}

function verify({ store, audit }: TemporaryCore, head?: string | null) {
  return verifyAudit(store, audit.key, head == null ? undefined : parseChainPoint(head));
}

function filesWith({ folder }: TemporaryCore, text: string): string[] {
  return readdirSync(folder).filter((file) => readFileSync(join(folder, file)).includes(text));
}

describe('erasing a person', () => {
  test('leaves no trace in the files, the search index and the journal included', async () => {
    const core = await withHistory();
    const erasure = erasePersonalData(core, `${name}2`, { reason });
    expect(erasure).toMatchObject({ username: `${name}2`, wasUser: true, wasFromDirectory: false, mails: 1 });
    for (const text of [name, 'zza', phone]) expect(filesWith(core, text), text).toEqual([]);
    expect(core.users.list().users.map(({ username }) => username)).toEqual(['bob']);
    expect(core.users.list({ filter: 'quizz' }).total).toBe(0);
    expect(core.store.integrityErrors()).toEqual([]);
  });

  test('keeps the audit log whole, with the heads that were noted before', async () => {
    const core = await withHistory();
    const { head } = verify(core);
    core.audit.append({ action: 'user.unblocked', target: 'bob' });
    const { events } = erasePersonalData(core, `${name}2`, { reason });
    expect(events).toBeGreaterThanOrEqual(4);
    expect(verify(core, head)).toMatchObject({ ok: true, problems: [], erased: events });
    const log = readAudit(core.store, {}, 0, 100);
    expect(log.filter(({ target }) => target === 'bob')).toHaveLength(2);
    expect(log.at(-1)).toMatchObject({ action: 'user.erased', target: null, reason, details: { mails: 1 } });
    expect(log[1]).toMatchObject({ action: 'user.added', target: null, details: { erased: true } });
  });

  test('a second time says that nobody is there', async () => {
    const core = await withHistory();
    erasePersonalData(core, `${name}2`, { reason });
    expect(() => erasePersonalData(core, `${name}2`, { reason })).toThrow(
      expect.objectContaining({ code: 'user.notFound' }),
    );
  });

  test('in a dry run counts and changes nothing', async () => {
    const core = await withHistory();
    const before = verify(core);
    const planned = erasePersonalData(core, `${name}2`.toUpperCase(), { reason, dryRun: true });
    expect(verify(core)).toEqual(before);
    expect(erasePersonalData(core, `${name}2`, { reason })).toEqual({ ...planned, isCompacted: true });
  });

  test('needs a reason', async () => {
    const core = await withHistory();
    expect(() => erasePersonalData(core, `${name}2`, { reason: ' ' })).toThrow('An erasure needs a reason.');
  });

  test('who was removed already erases what the logs still tell', async () => {
    const core = await withHistory();
    await core.users.remove([`${name}2`]);
    expect(erasePersonalData(core, `${name}2`, { reason })).toMatchObject({ wasUser: false, mails: 1 });
    expect(filesWith(core, name)).toEqual([]);
  });

  test('leaves the history of others who have had the same username', async () => {
    const core = temporaryCore();
    await core.users.add({ username: 'first' });
    await core.users.edit('first', { username: 'renamed' });
    await core.users.add({ username: 'first' });
    await core.users.disable(['first']);
    expect(erasePersonalData(core, 'first', { reason }).events).toBe(2);
    const left = readAudit(core.store, {}, 0, 100).map(({ action, target }) => [action, target]);
    expect(left.slice(0, 2)).toEqual([
      ['user.added', 'first'],
      ['user.edited', 'renamed'],
    ]);
    expect(core.users.find('renamed')).toBeDefined();
  });

  test('erases what imports and previews found, and the marks that named them', async () => {
    const core = temporaryCore();
    const request = {
      selection: { scope: 'users', names: ['asmith', 'csmith'] },
      rules: importRulesSchema.parse({}),
    };
    await core.importUsers(
      { ...request, selection: { scope: 'users', names: ['asmith', 'csmith'] } },
      { dryRun: true },
    );
    await core.importUsers({ ...request, selection: { scope: 'users', names: ['asmith', 'csmith'] } });
    const user = core.users.list({ filter: 'asmith' }).users[0];
    const erasure = erasePersonalData(core, user?.username ?? '', { reason });
    expect(erasure).toMatchObject({ wasFromDirectory: true, runLines: 1 });
    for (const text of ['asmith', user?.directoryId ?? '?']) expect(filesWith(core, text)).toEqual([]);
    const [, preview] = core.runs.list(2);
    expect(core.runs.changes(preview?.id ?? 0, {}).map(({ username }) => username)).toContain(null);
    expect(verify(core)).toMatchObject({ ok: true });
  });

  test('erases what synchronizations and approvals named', async () => {
    const core = temporaryCore();
    const directory = new ChangingDirectory();
    const sync = synchronizationWith(core, directory);
    core.syncSettings.save({ ...sync.settings(), approvalCount: 1 });
    const staff = directory.ou('Staff');
    const outside = directory.ou('Outside');
    for (const one of ['stays', 'bob']) directory.add(one, staff);
    const id = directory.add(name, staff);
    sync.items.add('Staff', definition(container(staff)));
    await sync.run({});
    await sync.run({ user: name });
    directory.move(id, outside);
    directory.move(directoryIdOf('bob'), outside);
    const { id: held, state } = await sync.run({});
    expect(state).toBe('awaitingApproval');
    await sync.approve(held, [name]);
    await core.users.setMethod([name], 'textMessage');
    erasePersonalData(core, name, { reason });
    for (const text of [name, id]) expect(filesWith(core, text), text).toEqual([]);
    expect(verify(core)).toMatchObject({ ok: true });
  });

  test('waits for a mail that is on its way', async () => {
    const core = await withHistory();
    core.store.prepare(`UPDATE outbox SET state = 'sending'`).run();
    expect(() => erasePersonalData(core, `${name}2`, { reason })).toThrow('being sent at this moment');
    expect(core.users.find(`${name}2`)).toBeDefined();
  });
});

test('a mail that is erased while a deliverer is about to send it is passed over', async () => {
  const core = await withHistory();
  const [row] = core.store.prepare<OutboxRow>('SELECT * FROM outbox').all();
  if (row === undefined) throw new Error('There is no mail.');
  const lease = Lease.acquire(core.store, core.clock, 'test', core.actor, 'a test');
  erasePersonalData(core, `${name}2`, { reason });
  expect(claimMail(core, lease, row)).toMatchObject({
    kind: 'cancelled',
    mail: { username: 'erased', to: null },
  });
  lease.release();
});

describe('what is no erasure', () => {
  test('an event that was changed before is not sealed over', async () => {
    const core = await withHistory();
    core.store.prepare(`UPDATE audit_events SET actor = 'nobody' WHERE sequence = 2`).run();
    expect(() => erasePersonalData(core, `${name}2`, { reason })).toThrow(
      expect.objectContaining({ code: 'audit.broken' }),
    );
    expect(core.users.find(`${name}2`)).toBeDefined();
  });

  test.each([
    ['without a seal', `details = '{"erased":true}'`],
    ['with the seal of another', `details = (SELECT details FROM audit_events WHERE sequence = 2)`],
    ['with a seal of zeros', `details = '{"erased":"${'0'.repeat(64)}"}'`],
  ])('an event emptied by hand %s is found', async (_, change) => {
    const core = await withHistory();
    erasePersonalData(core, `${name}2`, { reason });
    const database = new Database(core.store.file);
    database.exec(`UPDATE audit_events SET target = NULL, reason = NULL, ${change} WHERE sequence = 1`);
    database.close();
    expect(verify(core)).toMatchObject({ ok: false, problems: [{ sequence: 1 }] });
  });

  test.each(['actor', 'action', 'at', 'result', 'target', 'hash'])(
    'a change of the %s of an erased event is found',
    async (column) => {
      const core = await withHistory();
      erasePersonalData(core, `${name}2`, { reason });
      core.store
        .prepare(
          `UPDATE audit_events SET ${column} = ${column === 'hash' ? 'zeroblob(32)' : `'x'`} WHERE sequence = 2`,
        )
        .run();
      expect(verify(core)).toMatchObject({ ok: false });
    },
  );
});
