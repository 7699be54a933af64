import { describe, expect, test } from 'vitest';
import { auditFilterText, parseAuditFilter } from '../../../src/core/audit/audit-filter.ts';
import { AuditListing } from '../../../src/core/audit/audit-listing.ts';
import { type AuditFilter, listAudit } from '../../../src/core/audit/audit-query.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';

const now = new Date('2026-03-02T10:00:00.000Z');

describe('a filter text', () => {
  test.each<[string, AuditFilter]>([
    ['', {}],
    ['jdoe', { words: ['jdoe'] }],
    ['who:root what:user.added target:jdoe', { actor: 'root', action: 'user.added', target: 'jdoe' }],
    ['RESULT:F', { result: 'failure' }],
    ['since:2h', { since: new Date('2026-03-02T08:00:00.000Z') }],
    [
      'until:2026-03-01T08:30Z lost "two words"',
      { until: new Date('2026-03-01T08:30Z'), words: ['lost', 'two words'] },
    ],
    ['target:"Ada Smith" who: ', { target: 'Ada Smith' }],
    ['"who:root"', { words: ['who:root'] }],
  ])('%j is read', (text, filter) => expect(parseAuditFilter(text, now)).toEqual(filter));

  test.each([
    ['why:x', 'has no "why:"'],
    ['result:good', 'success, failure, denied'],
    ['since:yesterday', '7d (ago)'],
  ])('%j is refused, with what is possible', (text, words) => {
    expect(() => parseAuditFilter(text, now)).toThrow(
      expect.objectContaining({ code: 'filter.invalid', sentence: expect.stringContaining(words) }),
    );
  });

  test('is made of its parts, and gives them back', () => {
    const text = auditFilterText({ who: 'root', target: 'Ada "Smith"', result: '', text: 'lost phone' });
    expect(text).toBe('who:root target:"Ada Smith" lost phone');
    expect(parseAuditFilter(text, now)).toEqual({
      actor: 'root',
      target: 'Ada Smith',
      words: ['lost', 'phone'],
    });
  });
});

/** A log of 10,000 events; every tenth is a failure of jdoe. */
function longLog() {
  const { store, audit } = temporaryCore();
  const event = (index: number) => {
    const isFailure = index % 10 === 9;
    return {
      action: 'user.edited',
      target: isFailure ? 'jdoe' : `user${index}`,
      result: isFailure ? 'failure' : 'success',
    } as const;
  };
  audit.appendAll(Array.from({ length: 10_000 }, (_, index) => event(index)));
  return { store, audit };
}

describe('a listing', () => {
  test.each<[string, AuditFilter]>([
    ['without a filter', {}],
    ['of one target', { target: 'JDOE' }],
    ['of a text', { words: ['user12', 'edited'] }],
    ['of nothing', { words: ['nobody'] }],
  ])('%s has the same events as the log read at once, in any order of pages', async (_, filter) => {
    const { store } = longLog();
    const all = listAudit(store, filter, 10_000);
    const listing = new AuditListing(store, filter);
    for (const offset of [0, 64, Math.max(0, all.length - 30), 500]) {
      expect((await listing.page(offset, 64)).events).toEqual(all.slice(offset, offset + 64));
    }
    await listing.complete();
    expect(await listing.page(0, 1)).toMatchObject({ total: all.length, isExact: true });
    expect(listing.totalOfAll).toBe(10_000);
  });

  test('looks only as far as it must, and estimates the rest', async () => {
    const { store } = longLog();
    const listing = new AuditListing(store, { result: 'failure' });
    expect(await listing.page(0, 64)).toMatchObject({ total: 1000, isExact: false });
    expect(listing.isComplete).toBe(false);
    await listing.complete();
    expect(listing.isComplete).toBe(true);
  });

  test('knows where an event is', async () => {
    const { store } = longLog();
    expect(new AuditListing(store, {}).indexOf(9990)).toBe(10);
    expect(new AuditListing(store, {}).indexOf(10_001)).toBeNull();
    const failures = new AuditListing(store, { result: 'failure' });
    await failures.page(0, 5);
    expect([failures.indexOf(9980), failures.indexOf(9981)]).toEqual([2, null]);
  });

  test('stays as it was when more is written', async () => {
    const { store, audit } = longLog();
    const listing = new AuditListing(store, {});
    audit.append({ action: 'user.added' });
    expect((await listing.page(0, 1)).events).toMatchObject([{ sequence: 10_000 }]);
  });

  test('of an empty log is empty', async () => {
    const { store } = temporaryCore();
    for (const filter of [{}, { words: ['x'] }]) {
      const page = await new AuditListing(store, filter).page(0, 64);
      expect(page).toEqual({ events: [], total: 0, isExact: true });
    }
  });

  test('can be left half-way', async () => {
    const { store } = longLog();
    const listing = new AuditListing(store, { words: ['nobody'] });
    await expect(listing.page(0, 64, AbortSignal.abort())).rejects.toMatchObject({ code: 'run.cancelled' });
  });
});
