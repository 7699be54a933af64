import { describe, expect, test } from 'vitest';
import { tabsLine } from '../../../src/screens/widgets/tabs/tabs-line.ts';
import { themes } from '../helpers/render-frame.tsx';

const tabs = ['General', 'PIN and lockout', 'Bypass and block', 'Languages', 'Text gateway', 'Wordings'];

const lineOf = (active: string, width: number, titles = tabs) => {
  const state = { tabs: titles.map((title) => ({ id: title, title })), active };
  return tabsLine(state, width, themes.ascii.glyphs)
    .map(({ text }) => text)
    .join('')
    .trimEnd();
};

describe('the line of tabs', () => {
  test('has the open one in brackets', () => {
    expect(lineOf('Filters', 80, ['Settings', 'Filters'])).toBe(' Settings   [Filters]');
  });

  test('stands closer where there is little room', () => {
    expect(lineOf('Languages', 76, tabs.slice(0, 4).concat('Senders', 'Texts'))).toBe(
      ' General   PIN and lockout   Bypass and block  [Languages]  Senders   Texts',
    );
  });

  test.each(tabs)('shows %s and its neighbours where not all fit', (active) => {
    const line = lineOf(active, 60);
    expect(line).toContain(`[${active}]`);
    expect(line.length).toBeLessThanOrEqual(60);
    expect(line).toContain('~');
  });

  test('shows nothing left out where all fit', () => {
    for (const active of tabs) expect(lineOf(active, 120)).not.toContain('~');
  });
});
