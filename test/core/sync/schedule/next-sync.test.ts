import { describe, expect, test } from 'vitest';
import { addSeconds } from '../../../../src/core/clock.ts';
import { noCounts, type RunState, type SyncRun } from '../../../../src/core/runs/run.ts';
import { nextSync } from '../../../../src/core/sync/schedule/next-sync.ts';

const start = new Date('2026-03-02T10:00:00.000Z');

interface Ended {
  state: RunState;
  /** When it ended, in seconds after its start; null while it runs, and when it was interrupted. */
  after?: number | null;
  failures?: number;
  scheduled?: boolean;
  startedAt?: Date;
  id?: number;
}

function next(
  { state, after = 10, failures = 0, scheduled = true, startedAt = start, id = 7 }: Ended,
  minutes: number,
) {
  const newest: SyncRun = {
    id,
    purpose: 'synchronization',
    request: { kind: 'full', reason: '', items: [], user: null, approves: null, scheduled },
    state,
    dryRun: false,
    counts: noCounts,
    startedAt: startedAt.toISOString(),
    startedBy: 'service@test',
    finishedAt: after === null ? null : addSeconds(startedAt, after).toISOString(),
    seconds: after,
    error: null,
    resumes: null,
  };
  const now = addSeconds(start, 20);
  const moment = nextSync({ newest, failures }, { intervalMinutes: minutes }, now);
  return (moment.getTime() - start.getTime()) / 1000;
}

/** How far the moment may be from an exact one, in seconds. */
const jitterOf = (seconds: number) => Math.min(seconds * 0.05, 30);

describe('after a synchronization that', () => {
  test.each<[string, Ended, number, number]>([
    ['was completed the next is due an interval after its start', { state: 'completed' }, 15, 900],
    ['took long as well', { state: 'completed', after: 600 }, 15, 900],
    ['took longer than the interval at once', { state: 'completed', after: 4000 }, 15, 900],
    ['waits for approval as well', { state: 'awaitingApproval' }, 60, 3600],
    ['was approved since as well', { state: 'approved' }, 60, 3600],
    ['somebody stopped as well', { state: 'cancelled', scheduled: false }, 60, 3600],
    ['is going on as well', { state: 'running', after: null }, 60, 3600],
  ])('%s', (_, ended, minutes, seconds) => {
    expect(Math.abs(next(ended, minutes) - seconds)).toBeLessThanOrEqual(jitterOf(seconds));
  });

  test.each<[string, Ended, number, number, number]>([
    ['failed the next follows after ten seconds', { state: 'failed', failures: 1 }, 60, 10, 10],
    ['failed for the second time after half a minute', { state: 'failed', failures: 2 }, 60, 10, 30],
    ['failed for the fifth time after five minutes', { state: 'failed', failures: 5 }, 60, 10, 300],
    ['failed for the tenth time after an hour', { state: 'failed', failures: 10 }, 1440, 10, 3600],
    ['keeps failing after no more than the interval', { state: 'failed', failures: 10 }, 15, 10, 900],
    ['was interrupted soon', { state: 'interrupted', after: null, failures: 1 }, 60, 0, 10],
    ['ended with its service soon', { state: 'cancelled' }, 60, 10, 10],
  ])('%s', (_, ended, minutes, endedAfter, delay) => {
    expect(Math.abs(next(ended, minutes) - endedAfter - delay)).toBeLessThanOrEqual(jitterOf(delay));
  });
});

test('the first synchronization is due at once', () => {
  expect(nextSync({ newest: null, failures: 0 }, { intervalMinutes: 1440 }, start)).toEqual(start);
});

test('one is due at once when the clock was set back, and not because it was put right by seconds', () => {
  expect(next({ state: 'completed', startedAt: addSeconds(start, 86_400) }, 60)).toBe(20);
  expect(next({ state: 'completed', startedAt: addSeconds(start, 60) }, 60)).toBeGreaterThan(3000);
});

test('the moment is the same for everybody who asks, and another one for another run', () => {
  const moments = Array.from({ length: 200 }, (_, id) => next({ state: 'completed', id }, 60) - 3600);
  expect(moments).toEqual(
    Array.from({ length: 200 }, (_, id) => next({ state: 'completed', id }, 60) - 3600),
  );
  expect(Math.min(...moments)).toBeLessThan(-20);
  expect(Math.max(...moments)).toBeGreaterThan(20);
  expect(Math.abs(moments.reduce((sum, one) => sum + one, 0) / moments.length)).toBeLessThan(6);
});
