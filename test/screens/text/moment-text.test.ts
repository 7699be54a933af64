import { describe, expect, test } from 'vitest';
import { momentText } from '../../../src/screens/text/moment-text.ts';

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
