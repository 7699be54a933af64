import { describe, expect, test } from 'vitest';
import { hintsOf } from '../../../src/screens/commands/generated-help.ts';
import { createFactsScroll, reduceFacts } from '../../../src/screens/widgets/facts/facts.ts';
import { factsLines } from '../../../src/screens/widgets/facts/facts-lines.ts';
import { FactsView } from '../../../src/screens/widgets/facts/facts-view.tsx';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { renderFrame } from '../helpers/render-frame.tsx';

describe('facts', () => {
  test('stand behind their names, over as many lines as they take', () => {
    const facts = [
      { label: 'Who', value: 'admin@test' },
      { label: 'Reason', value: 'lost the phone on the way' },
    ];
    const lines = factsLines(facts, 26, '~').map((spans) => spans.map(({ text }) => text).join(''));
    expect(lines).toEqual(['  Who     admin@test', '  Reason  lost the phone', '          on the way']);
  });

  test('stand apart from the longest names there are', () => {
    const [line] = factsLines([{ label: 'Text message language', value: 'de' }], 80, '~');
    expect(line?.map(({ text }) => text).join('')).toBe('  Text message language de');
  });

  test('are shown whole, however long, and never break a line', async () => {
    for (const text of hostileTexts) {
      const scroll = createFactsScroll();
      const facts = [{ label: 'Name', value: text }];
      const frame = renderFrame(<FactsView facts={facts} scroll={scroll} width={80} height={20} />);
      const lines = await frame.lines();
      frame.close();
      expect(lines.join('\n')).not.toMatch(harmfulCharacters);
      expect(lines[0]).toMatch(/^ {2}Name {4}\S/);
      expect(lines.slice(20).join('')).toBe('');
    }
    const long = factsLines([{ label: 'Name', value: 'x'.repeat(10_000) }], 80, '~');
    expect(long.map((spans) => spans[1]?.text).join('')).toHaveLength(10_000);
  });

  test('scroll by lines and pages, and stop at the ends', () => {
    const measured = reduceFacts(
      { top: 0, lines: 0, height: 1 },
      { type: 'measured', lines: 30, height: 10 },
    );
    let state = measured;
    const tops = (
      [
        { type: 'scroll', by: -1 },
        { type: 'scroll', by: 3 },
        { type: 'page', by: 1 },
        { type: 'page', by: 1 },
        { type: 'page', by: 1 },
        { type: 'top' },
      ] as const
    ).map((action) => {
      state = reduceFacts(state, action);
      return state.top;
    });
    expect(tops).toEqual([0, 3, 11, 19, 20, 0]);
    expect(reduceFacts({ ...measured, top: 20 }, { type: 'measured', lines: 15, height: 10 }).top).toBe(5);
  });

  test('say how many are out of sight, and every one of them is seen on some page', async () => {
    const scroll = createFactsScroll();
    const facts = Array.from({ length: 24 }, (_, index) => ({ label: `Fact ${index}`, value: 'x' }));
    const frame = renderFrame(<FactsView facts={facts} scroll={scroll} width={80} height={10} />);
    const first = await frame.text();
    expect(first).toContain('15 more below');
    expect(first).not.toContain('above');
    const hints = () => hintsOf([{ name: 'facts', commands: scroll.commands }]).map(({ key }) => key);
    expect(hints()).toEqual(['PgDn']);
    const pages = [first];
    for (let page = 0; page < 2; page++) {
      scroll.dispatch({ type: 'page', by: 1 });
      pages.push(await frame.text());
    }
    expect(hints()).toEqual(['PgUp']);
    expect(pages[1]).toMatch(/9 more above[\s\S]*7 more below/);
    expect(pages[2]).toContain('15 more above');
    for (const { label } of facts) expect(pages.join('\n')).toMatch(new RegExp(`${label} `));
    frame.close();
  });
});
