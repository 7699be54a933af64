import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { AuditLog } from '../../../src/core/audit/audit-log.ts';
import { chainHash, signHead } from '../../../src/core/audit/chain.ts';
import { parseChainPoint } from '../../../src/core/audit/chain-point.ts';
import { verifyAudit } from '../../../src/core/audit/verify-audit.ts';
import { MasterKey } from '../../../src/core/secrets/master-key.ts';
import { Store } from '../../../src/core/store/store.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const masterKey = new MasterKey(Buffer.alloc(32, 7));

/** A log of ten events, and the database behind the program's back. */
function logOfTen() {
  const file = join(temporaryFolder(), 'mfa-console.db');
  const store = new Store(file);
  let minute = 0;
  const clock = () => new Date(Date.UTC(2026, 2, 1, 8, minute++));
  const log = new AuditLog(store, masterKey, clock, 'admin@dc1');
  for (let number = 1; number <= 10; number += 1) {
    log.append({ action: 'user.added', target: `user${number}`, details: { email: [null, 'x@y.test'] } });
  }
  const database = new Database(file);
  const verify = (head?: string) =>
    verifyAudit(store, log.key, head === undefined ? undefined : parseChainPoint(head));
  return { file, store, log, database, verify };
}

const changed = 'The event was changed, inserted or moved after it was written.';

describe('an audit log that nobody touched', () => {
  it('verifies, and gives its head', () => {
    const { verify } = logOfTen();
    const { ok, events, head, problems } = verify();
    expect({ ok, events, problems }).toEqual({ ok: true, events: 10, problems: [] });
    expect(head).toMatch(/^10:[0-9a-f]{64}$/);
  });

  it('still contains a head noted earlier, when more was written', () => {
    const { log, verify } = logOfTen();
    const noted = verify().head ?? '';
    log.append({ action: 'user.removed', target: 'user1' });
    expect(verify(noted)).toMatchObject({ ok: true, events: 11 });
  });

  it('may be empty in a new database', () => {
    const store = new Store(join(temporaryFolder(), 'new.db'));
    expect(verifyAudit(store, masterKey.derive('audit'))).toEqual({
      ok: true,
      events: 0,
      erased: 0,
      head: null,
      problems: [],
    });
  });
});

describe('verification finds', () => {
  it.each(['at', 'actor', 'action', 'target', 'result', 'reason', 'details'])(
    'an event whose %s was changed, and only that event',
    (column) => {
      const { database, verify } = logOfTen();
      database.prepare(`UPDATE audit_events SET ${column} = 'forged' WHERE sequence = 4`).run();
      expect(verify()).toMatchObject({
        ok: false,
        events: 10,
        problems: [{ sequence: 4, problem: changed }],
      });
    },
  );

  it('a changed hash', () => {
    const { database, verify } = logOfTen();
    database.prepare('UPDATE audit_events SET hash = ? WHERE sequence = 4').run(Buffer.alloc(32));
    expect(verify().problems).toEqual([{ sequence: 4, problem: changed }]);
  });

  it('an event made with another key, from there on', () => {
    const { database, verify } = logOfTen();
    const event = {
      sequence: 4,
      at: 'x',
      actor: 'x',
      action: 'x',
      target: null,
      result: 'x',
      reason: null,
      details: null,
    };
    const previous = database
      .prepare('SELECT hash FROM audit_events WHERE sequence = 3')
      .pluck()
      .get() as Buffer;
    const hash = chainHash(Buffer.alloc(32, 1), previous, event);
    database
      .prepare(
        "UPDATE audit_events SET at = 'x', actor = 'x', action = 'x', target = NULL, result = 'x', reason = NULL, details = NULL, hash = ? WHERE sequence = 4",
      )
      .run(hash);
    expect(verify().problems[0]).toEqual({ sequence: 4, problem: changed });
  });

  it('a missing event, and several in a row as one', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_events WHERE sequence IN (3, 6, 7, 8)').run();
    expect(verify().problems).toEqual([
      { sequence: 3, problem: 'Event 3 is missing.' },
      { sequence: 6, problem: 'Events 6 to 8 are missing.' },
    ]);
  });

  it('a missing first event', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_events WHERE sequence = 1').run();
    expect(verify().problems).toEqual([{ sequence: 1, problem: 'Event 1 is missing.' }]);
  });

  it('a missing event whose gap was closed by renumbering', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_events WHERE sequence = 3').run();
    for (let number = 4; number <= 10; number += 1) {
      database.prepare('UPDATE audit_events SET sequence = sequence - 1 WHERE sequence = ?').run(number);
    }
    const { ok, problems } = verify();
    expect(ok).toBe(false);
    expect(problems[0]).toEqual({ sequence: 3, problem: changed });
  });

  it('two events that changed places', () => {
    const { database, verify } = logOfTen();
    const move = database.prepare('UPDATE audit_events SET sequence = ? WHERE sequence = ?');
    for (const [to, from] of [
      [99, 4],
      [4, 5],
      [5, 99],
    ])
      move.run(to, from);
    expect(verify().problems.map((problem) => problem.sequence)).toEqual(expect.arrayContaining([4, 5]));
  });

  it('an event inserted before the first, and one in a place that others were moved from', () => {
    const { database, verify } = logOfTen();
    const insert = database.prepare(
      "INSERT INTO audit_events VALUES (?, 'x', 'x', 'x', NULL, 'x', NULL, NULL, ?)",
    );
    insert.run(0, Buffer.alloc(32));
    for (let number = 10; number >= 5; number -= 1) {
      database.prepare('UPDATE audit_events SET sequence = sequence + 1 WHERE sequence = ?').run(number);
    }
    insert.run(5, Buffer.alloc(32));
    const { problems } = verify();
    expect(problems[0]).toEqual({ sequence: 0, problem: 'The event was inserted before the first one.' });
    expect(problems[1]).toEqual({ sequence: 5, problem: changed });
  });

  it('a cut-off end, by the signed head', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_events WHERE sequence > 7').run();
    expect(verify().problems).toEqual([{ sequence: 8, problem: 'Events 8 to 10 are cut off at the end.' }]);
  });

  it('a cut-off end with a head that was made to fit without the key', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_events WHERE sequence > 7').run();
    const hash = database.prepare('SELECT hash FROM audit_events WHERE sequence = 7').pluck().get() as Buffer;
    const signature = signHead(Buffer.alloc(32, 1), 7, hash);
    database.prepare('UPDATE audit_head SET sequence = 7, hash = ?, signature = ?').run(hash, signature);
    expect(verify().problems).toEqual([
      { sequence: 7, problem: 'The signature of the head is wrong: it was written without the master key.' },
    ]);
  });

  it('a missing head', () => {
    const { database, verify } = logOfTen();
    database.prepare('DELETE FROM audit_head').run();
    expect(verify().problems).toEqual([
      { sequence: 10, problem: 'The signed head is missing, so events may be cut off.' },
    ]);
  });

  it('events behind the head', () => {
    const { database, verify } = logOfTen();
    const row = database.prepare('SELECT * FROM audit_head').get() as Record<string, unknown>;
    const { log } = { log: new AuditLog(new Store(database.name), masterKey, () => new Date(), 'x') };
    log.append({ action: 'user.added' });
    database
      .prepare('UPDATE audit_head SET sequence = ?, hash = ?, signature = ?')
      .run(row.sequence, row.hash, row.signature);
    expect(verify().problems).toEqual([
      { sequence: 11, problem: 'Event 11 is not covered by the signed head.' },
    ]);
  });

  it('a log that was removed whole from a database that is in use', () => {
    const { database, verify } = logOfTen();
    database.exec('DELETE FROM audit_events; DELETE FROM audit_head;');
    expect(verify().ok).toBe(true);
    database
      .prepare(
        `INSERT INTO runs (purpose, state, dry_run, request, counts, started_at, started_by, host, pid, heartbeat_at)
         VALUES ('import', 'completed', 0, '{}', '{}', 'x', 'x', 'dc1', 1, 'x')`,
      )
      .run();
    expect(verify()).toMatchObject({ ok: false, problems: [{ sequence: 1 }] });
  });

  it('a database put back from an older copy, against a noted head', () => {
    const { file, store, log, database, verify } = logOfTen();
    database.pragma('wal_checkpoint(TRUNCATE)');
    const older = `${file}.older`;
    copyFileSync(file, older);
    log.append({ action: 'user.removed', target: 'user1' });
    const noted = parseChainPoint(verify().head ?? '');
    store.close();
    const restored = new Store(older);
    expect(verifyAudit(restored, log.key).ok).toBe(true);
    expect(verifyAudit(restored, log.key, noted).problems).toEqual([
      {
        sequence: 11,
        problem:
          'The noted head is not in the log, which ends at 10: it was cut, or replaced by an older copy.',
      },
    ]);
    const other = new AuditLog(restored, masterKey, () => new Date(), 'somebody');
    other.append({ action: 'user.added', target: 'other' });
    expect(verifyAudit(restored, log.key, noted).problems).toEqual([
      {
        sequence: 11,
        problem: 'The event is not the one that was noted: the log was replaced or rewritten.',
      },
    ]);
  });

  it('the wrong master key', () => {
    const { store, verify } = logOfTen();
    expect(verify().ok).toBe(true);
    expect(verifyAudit(store, new MasterKey(Buffer.alloc(32, 9)).derive('audit')).ok).toBe(false);
  });

  it('everything, but lists a hundred problems at most', () => {
    const { log, database, verify } = logOfTen();
    log.appendAll(Array.from({ length: 200 }, () => ({ action: 'user.added' })));
    database.prepare("UPDATE audit_events SET actor = 'x'").run();
    expect(verify()).toMatchObject({ ok: false, events: 210 });
    expect(verify().problems).toHaveLength(100);
  });
});

describe('a noted head', () => {
  it.each(['', '10', '10:abc', `x:${'0'.repeat(64)}`])('%j is refused', (text) => {
    expect(() => parseChainPoint(text)).toThrowError(expect.objectContaining({ code: 'usage.invalid' }));
  });
});
