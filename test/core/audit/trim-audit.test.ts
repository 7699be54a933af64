import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readAudit } from '../../../src/core/audit/audit-query.ts';
import { parseChainPoint } from '../../../src/core/audit/chain-point.ts';
import { trimAudit } from '../../../src/core/audit/trim-audit.ts';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { erasePersonalData } from '../../../src/core/personal-data/erase-personal-data.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';

const dayS = 86_400;

/** Ten users, one each day; it is the tenth day. */
async function tenDays(): Promise<TemporaryCore> {
  const core = temporaryCore();
  for (let day = 1; day <= 10; day += 1) {
    if (day > 1) core.testClock.forward(dayS);
    await core.users.add({ username: `user${day}` });
  }
  return core;
}

function daysAgo({ testClock }: TemporaryCore, days: number): Date {
  return new Date(testClock.now.getTime() - days * dayS * 1000);
}

function verify({ store, audit }: TemporaryCore, head?: string | null) {
  return verifyAudit(store, audit.key, head == null ? undefined : parseChainPoint(head));
}

function behindTheProgram({ store }: TemporaryCore, sql: string): void {
  const database = new Database(store.file);
  database.exec(sql);
  database.close();
}

describe('trimming the audit log', () => {
  test('removes what is older, and the rest verifies, against a head noted before too', async () => {
    const core = await tenDays();
    const { head } = verify(core);
    const trimmed = await trimAudit(core, { before: daysAgo(core, 3) });
    expect(trimmed).toEqual({ events: 6, head: expect.stringMatching(/^6:[0-9a-f]{64}$/) });
    const log = readAudit(core.store, {}, 0, 100);
    expect(log.map(({ sequence }) => sequence)).toEqual([7, 8, 9, 10, 11]);
    expect(log.at(-1)).toMatchObject({ action: 'audit.trimmed', details: { events: 6, head: trimmed.head } });
    expect(verify(core, head)).toMatchObject({ ok: true, events: 5 });
    expect(verify(core, trimmed.head)).toMatchObject({ ok: true });
  });

  test('again goes on from there', async () => {
    const core = await tenDays();
    await trimAudit(core, { before: daysAgo(core, 7) });
    expect(await trimAudit(core, { before: daysAgo(core, 7) })).toEqual({ events: 0, head: null });
    expect(await trimAudit(core, { before: daysAgo(core, 3) })).toMatchObject({ events: 4 });
    expect(verify(core)).toMatchObject({ ok: true, events: 6 });
  });

  test('always leaves the newest event', async () => {
    const core = await tenDays();
    core.testClock.forward(100 * dayS);
    expect(await trimAudit(core, { before: core.testClock.now })).toMatchObject({ events: 9 });
    expect(verify(core)).toMatchObject({ ok: true, events: 2 });
  });

  test('in a dry run counts and changes nothing', async () => {
    const core = await tenDays();
    const before = verify(core);
    expect(await trimAudit(core, { before: daysAgo(core, 3), dryRun: true })).toMatchObject({ events: 6 });
    expect(verify(core)).toEqual(before);
  });

  test('leaves room for an erasure of the first event that is kept', async () => {
    const core = await tenDays();
    await trimAudit(core, { before: daysAgo(core, 3) });
    expect(erasePersonalData(core, 'user7', { reason: 'request 4711' })).toMatchObject({ events: 1 });
    expect(verify(core)).toMatchObject({ ok: true, erased: 1 });
  });

  test('removes nothing from a log that was changed', async () => {
    const core = await tenDays();
    behindTheProgram(core, `UPDATE audit_events SET target = 'nobody' WHERE sequence = 2`);
    await expect(trimAudit(core, { before: daysAgo(core, 3) })).rejects.toMatchObject({
      code: 'audit.broken',
    });
    expect(verify(core).events).toBe(10);
  });
});

describe('verification finds, of a log that was trimmed,', () => {
  test.each([
    ['more events cut off', 'DELETE FROM audit_events WHERE sequence = 7', 7],
    ['a note that was removed', `DELETE FROM settings WHERE name = 'auditStart'`, 1],
    [
      'a note that was moved on',
      `UPDATE settings SET value = json_set(value, '$.sequence', 8) WHERE name = 'auditStart';
       DELETE FROM audit_events WHERE sequence < 9`,
      8,
    ],
    [
      'a note without a signature',
      `UPDATE settings SET value = json_remove(value, '$.signature') WHERE name = 'auditStart'`,
      6,
    ],
  ])('%s', async (_, sql, sequence) => {
    const core = await tenDays();
    await trimAudit(core, { before: daysAgo(core, 3) });
    behindTheProgram(core, sql);
    const { ok, problems } = verify(core);
    expect({ ok, first: problems[0]?.sequence }).toEqual({ ok: false, first: sequence });
  });

  test('a head that is older than what is kept', async () => {
    const core = await tenDays();
    const old = verify(core).head;
    core.testClock.forward(30 * dayS);
    await core.users.add({ username: 'later' });
    await trimAudit(core, { before: daysAgo(core, 1) });
    await core.users.add({ username: 'last' });
    expect(verify(core, old)).toMatchObject({ ok: true });
    expect(verify(core, `3:${'0'.repeat(64)}`)).toMatchObject({ ok: false });
  });
});
