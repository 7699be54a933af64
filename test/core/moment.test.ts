import { expect, it } from 'vitest';
import { parseMoment } from '../../src/core/moment.ts';

const now = new Date('2026-03-10T12:00:00Z');

it.each([
  ['90s', '2026-03-10T11:58:30.000Z'],
  ['2h', '2026-03-10T10:00:00.000Z'],
  ['7d', '2026-03-03T12:00:00.000Z'],
  ['2026-03-01T08:30Z', '2026-03-01T08:30:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(parseMoment(text, now, 'start').toISOString()).toBe(expected);
});

it('A day begins and ends on the calendar of this machine', () => {
  expect(parseMoment('2026-03-01', now, 'start')).toEqual(new Date(2026, 2, 1));
  expect(parseMoment('2026-03-01', now, 'end')).toEqual(new Date(2026, 2, 1, 23, 59, 59, 999));
});

it.each(['', 'yesterday', '2026-13-01', '7', '7y', '12'])('%j is refused', (text) => {
  expect(() => parseMoment(text, now, 'start')).toThrowError(
    expect.objectContaining({ code: 'usage.invalid' }),
  );
});
