import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { endWhenIdle } from '../../../src/screens/shell/idle.ts';

const minuteMs = 60_000;

function idleFor(minutes: number) {
  vi.useFakeTimers({ now: 0 });
  const happened: string[] = [];
  const busy = { is: false };
  const idle = endWhenIdle({
    minutes,
    now: () => new Date(),
    isBusy: () => busy.is,
    onWarning: () => happened.push('warning'),
    onEnd: (after) => happened.push(`end after ${after}`),
    everyMs: 1000,
  });
  onTestFinished(() => {
    idle.stop();
    vi.useRealTimers();
  });
  const pass = (passed: number) => vi.advanceTimersByTime(passed * minuteMs);
  return { idle, happened, busy, pass };
}

describe('a console that nobody uses', () => {
  test('warns a minute before, and ends once', () => {
    const { happened, pass } = idleFor(10);
    pass(8.9);
    expect(happened).toEqual([]);
    pass(0.2);
    expect(happened).toEqual(['warning']);
    pass(30);
    expect(happened).toEqual(['warning', 'end after 10']);
  });

  test('goes on with every key', () => {
    const { idle, happened, pass } = idleFor(10);
    for (let minute = 0; minute < 30; minute += 1) {
      pass(1);
      idle.touch();
    }
    expect(happened).toEqual([]);
  });

  test('lets what runs come to its end', () => {
    const { happened, busy, pass } = idleFor(1);
    busy.is = true;
    pass(60);
    expect(happened).toEqual([]);
    busy.is = false;
    pass(0.1);
    expect(happened).toEqual(['end after 1']);
  });

  test('stays for ever when nobody wants it to end, and no longer than is wanted from now on', () => {
    const { idle, happened, pass } = idleFor(0);
    pass(10_000);
    idle.setMinutes(2);
    pass(1.5);
    expect(happened).toEqual(['warning']);
    pass(1);
    expect(happened).toEqual(['warning', 'end after 2']);
  });

  test('ends at once when the machine wakes up later', () => {
    const { happened, pass } = idleFor(10);
    vi.setSystemTime(60 * minuteMs);
    pass(0.1);
    expect(happened).toEqual(['end after 10']);
  });
});
