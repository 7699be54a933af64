import { expect } from 'vitest';
import type { TestConsole } from './console.tsx';

const down = '\x1b[B';
const mostFields = 60;

/** Goes down to a field of the form that is seen, on this tab or on one that follows. */
export async function toField(console: TestConsole, label: string): Promise<void> {
  const focused = new RegExp(`>[* ] ${label.replace(/[()]/g, '\\$&')} `);
  for (let steps = 0; steps < mostFields; steps += 1) {
    if (focused.test(await console.frame.text())) return;
    console.press(down);
  }
  expect(await console.frame.text()).toMatch(focused);
}
