import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { AuditLog } from '../../../src/core/audit/audit-log.ts';
import { parseChainPoint } from '../../../src/core/audit/chain-point.ts';
import { verifyAudit, verifyAuditInParts } from '../../../src/core/audit/verify-audit.ts';
import { MasterKey } from '../../../src/core/secrets/master-key.ts';
import { Store } from '../../../src/core/store/store.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

/** A log of several parts, and the database behind the program's back. */
function longLog() {
  const file = join(temporaryFolder(), 'mfa-console.db');
  const store = new Store(file);
  const masterKey = new MasterKey(Buffer.alloc(32, 7));
  const log = new AuditLog(store, masterKey, () => new Date('2026-03-01T08:00:00Z'), 'admin@dc1');
  const append = (count: number) =>
    log.appendAll(Array.from({ length: count }, (_, index) => ({ action: 'test.done', target: `${index}` })));
  append(4500);
  return { store, log, append, database: new Database(file) };
}

describe('a log that is verified in parts', () => {
  test.each([
    ['is whole', ''],
    ['has a changed event', `UPDATE audit_events SET actor = 'forged' WHERE sequence = 2500`],
    ['lacks events where two parts meet', 'DELETE FROM audit_events WHERE sequence BETWEEN 1999 AND 2001'],
    ['lacks its end', 'DELETE FROM audit_events WHERE sequence > 4400'],
    ['has events before the first', `UPDATE audit_events SET sequence = -5 WHERE sequence = 7`],
    ['lacks its head', 'DELETE FROM audit_head'],
  ])('is found to be what it is: it %s', async (_, damage) => {
    const { store, log, database } = longLog();
    database.exec(damage);
    expect(await verifyAuditInParts(store, log.key)).toEqual(verifyAudit(store, log.key));
  });

  test('still contains a head that was noted', async () => {
    const { store, log, append } = longLog();
    const expected = parseChainPoint(verifyAudit(store, log.key).head ?? '');
    append(10);
    expect(await verifyAuditInParts(store, log.key, { expected })).toMatchObject({ ok: true, events: 4510 });
    const other = { ...expected, hash: Buffer.alloc(32) };
    expect(await verifyAuditInParts(store, log.key, { expected: other })).toMatchObject({ ok: false });
  });

  test('may grow meanwhile', async () => {
    const { store, log, append } = longLog();
    const told: [number, number][] = [];
    const result = await verifyAuditInParts(store, log.key, {
      onProgress(events, total) {
        told.push([events, total]);
        append(1);
      },
    });
    expect(result).toMatchObject({ ok: true, events: 4500, head: expect.stringMatching(/^4500:/) });
    expect(told).toEqual([
      [1000, 4500],
      [2000, 4500],
      [3000, 4500],
      [4000, 4500],
      [4500, 4500],
    ]);
  });

  test('can be left half-way', async () => {
    const { store, log } = longLog();
    const stop = new AbortController();
    const verifying = verifyAuditInParts(store, log.key, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(verifying).rejects.toMatchObject({ code: 'run.cancelled' });
  });
});
