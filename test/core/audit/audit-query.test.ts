import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { AuditLog } from '../../../src/core/audit/audit-log.ts';
import { lastAuditSequence, listAudit, readAudit } from '../../../src/core/audit/audit-query.ts';
import { exportAudit } from '../../../src/core/audit/export-audit.ts';
import { MasterKey } from '../../../src/core/secrets/master-key.ts';
import { Store } from '../../../src/core/store/store.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

/** Six events, one an hour from 2026-03-01 08:00 UTC on. */
function sixEvents() {
  const store = new Store(join(temporaryFolder(), 'mfa-console.db'));
  let hour = 8;
  const clock = () => new Date(Date.UTC(2026, 2, 1, hour++));
  const key = new MasterKey(Buffer.alloc(32));
  const admin = new AuditLog(store, key, clock, 'admin@dc1');
  const helpDesk = new AuditLog(store, key, clock, 'helpdesk@dc1');
  admin.append({ action: 'user.added', target: 'jdoe', details: { email: [null, 'jane@contoso.test'] } });
  admin.append({ action: 'user.added', target: '=cmd|calc', details: null });
  helpDesk.append({ action: 'user.bypassed', target: 'jdoe', reason: 'Lost 100% of her phone' });
  helpDesk.append({ action: 'user.pinSet', target: 'JDoe', result: 'failure', reason: 'Too short' });
  admin.append({ action: 'run.finished', target: '1' });
  admin.append({ action: 'users.exported' });
  return store;
}

describe('a filter', () => {
  it.each([
    [{}, [6, 5, 4, 3, 2, 1]],
    [{ action: 'user.' }, [4, 3, 2, 1]],
    [{ action: 'user' }, [6, 4, 3, 2, 1]],
    [{ action: 'user_' }, []],
    [{ target: 'JDOE' }, [4, 3, 1]],
    [{ actor: 'helpdesk' }, [4, 3]],
    [{ actor: 'HELPDESK@DC1' }, [4, 3]],
    [{ actor: 'help' }, []],
    [{ result: 'failure' }, [4]],
    [{ since: new Date('2026-03-01T11:00Z'), until: new Date('2026-03-01T12:00Z') }, [5, 4]],
    [{ text: 'JANE@' }, [1]],
    [{ text: '100%' }, [3]],
    [{ text: '%' }, [3]],
    [{ action: 'user.', target: 'jdoe', actor: 'admin' }, [1]],
  ])('%j finds events %j, the newest first', (filter, sequences) => {
    expect(listAudit(sixEvents(), filter, 100).map((event) => event.sequence)).toEqual(sequences);
  });

  it('keeps to the limit', () => {
    expect(listAudit(sixEvents(), {}, 2).map((event) => event.sequence)).toEqual([6, 5]);
  });
});

it('An event has its details as an object', () => {
  expect(listAudit(sixEvents(), { target: 'jdoe', action: 'user.added' }, 1)).toEqual([
    {
      sequence: 1,
      at: '2026-03-01T08:00:00.000Z',
      actor: 'admin@dc1',
      action: 'user.added',
      target: 'jdoe',
      result: 'success',
      reason: null,
      details: { email: [null, 'jane@contoso.test'] },
    },
  ]);
});

it('Events behind a sequence are read in order', () => {
  const store = sixEvents();
  expect(readAudit(store, {}, 4, 10).map((event) => event.sequence)).toEqual([5, 6]);
  expect(lastAuditSequence(store)).toBe(6);
});

describe('an export', () => {
  it('as JSON is one document, also when it comes in many parts', () => {
    const store = sixEvents();
    const log = new AuditLog(store, new MasterKey(Buffer.alloc(32)), () => new Date(), 'x');
    log.appendAll(Array.from({ length: 1994 }, () => ({ action: 'user.added' })));
    const parts = [...exportAudit(store, {}, 'json')];
    const { events } = JSON.parse(parts.join('')) as { events: { sequence: number }[] };
    expect(events.map((event) => event.sequence)).toEqual(
      Array.from({ length: 2000 }, (_, index) => index + 1),
    );
    expect(JSON.parse([...exportAudit(store, { action: 'none' }, 'json')].join(''))).toEqual({ events: [] });
  });

  it('as CSV has a line of names, and nothing that a spreadsheet runs', () => {
    const text = [...exportAudit(sixEvents(), { action: 'user.added' }, 'csv')].join('');
    expect(parse(text)).toEqual([
      ['sequence', 'at', 'actor', 'action', 'target', 'result', 'reason', 'details'],
      [
        '1',
        '2026-03-01T08:00:00.000Z',
        'admin@dc1',
        'user.added',
        'jdoe',
        'success',
        '',
        '{"email":[null,"jane@contoso.test"]}',
      ],
      ['2', '2026-03-01T09:00:00.000Z', 'admin@dc1', 'user.added', "'=cmd|calc", 'success', '', ''],
    ]);
  });
});
