import { expect, test } from 'vitest';
import { watchedDays } from '../../../src/core/sync/absence-clock.ts';

const hours = (...values: number[]) => values.map((value) => value * 3_600_000);

test.each([
  ['a run every hour or so', [0, 1, 5, 9, 20], 24, 1],
  ['a run a day', [0, 24, 48, 72], 72, 3],
  ['no run for a month', [0], 720, 1],
  ['a clock that was set forward by a month', [0, 12, 720, 732], 744, 2.5],
  ['a clock that was set forward and back', [0, 720, 12, 24, 36], 48, 2],
  ['a clock that was set back before the absence was noted', [0, 12, -720], -708, 0],
  ['runs that were before it', [-48, -24, 0], 12, 0.5],
])('with %s, the days that runs have watched are counted', (_, finished, now, days) => {
  const [at = 0] = hours(now);
  expect(Math.max(0, watchedDays(hours(...finished), 0, at))).toBe(days);
});
