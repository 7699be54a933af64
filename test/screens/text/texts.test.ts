import { describe, expect, test } from 'vitest';
import { countOf, countText } from '../../../src/screens/text/count-text.ts';
import { momentText } from '../../../src/screens/text/moment-text.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
  [-12_345, '-12,345'],
  [1999.6, '2,000'],
])('%d is written %s', (count, text) => {
  expect(countText(count)).toBe(text);
});

test('a number has its word', () => {
  expect([countOf(1, 'user'), countOf(2000, 'user'), countOf(0, 'entry', 'entries')]).toEqual([
    '1 user',
    '2,000 users',
    '0 entries',
  ]);
});

describe('a moment', () => {
  const at = (hours: number, day = 2) => new Date(2026, 2, day, hours, 5);

  test('of today is a time, of another day has its date, by the clock of this machine', () => {
    expect(momentText(at(9).toISOString(), at(23))).toBe('09:05');
    expect(momentText(at(9, 1).toISOString(), at(9))).toBe('2026-03-01 09:05');
  });

  test('that is none is shown as it is', () => {
    expect(momentText('soon', at(9))).toBe('soon');
  });
});
