import { expect, test } from 'vitest';
import { countOf, countText } from '../../src/core/count-text.ts';

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
