import type { Glyphs } from '../../theme/glyphs.ts';
import { type Span, spansWidth } from '../line/spans.ts';
import type { TabsState } from './state.ts';

/** Between tabs, where there is room and where there is little. */
const gaps = ['  ', ' '];

/** `[Settings]  Filters   Attributes`: the open tab is the one in brackets. Where not all fit, it is among those that do. */
export function tabsLine(state: TabsState, width: number, glyphs: Glyphs): readonly Span[] {
  for (const gap of gaps) {
    const spans = tabSpans(state, gap, glyphs);
    if (spansWidth(spans) - gap.length <= width) return spans;
  }
  const spans = tabSpans(state, ' ', glyphs);
  const active = state.tabs.findIndex(({ id }) => id === state.active);
  const more: Span = { text: `${glyphs.ellipsis} `, token: 'dim' };
  const room = width - 2 * spansWidth([more]);
  let first = 0;
  while (first < active && spansWidth(spans.slice(first, active + 1)) > room) first += 1;
  let end = active + 1;
  while (end < spans.length && spansWidth(spans.slice(first, end + 1)) <= room) end += 1;
  return [...(first > 0 ? [more] : []), ...spans.slice(first, end), ...(end < spans.length ? [more] : [])];
}

function tabSpans({ tabs, active }: TabsState, gap: string, glyphs: Glyphs): readonly Span[] {
  return tabs.map(({ id, title, hasProblem }): Span => {
    const text = hasProblem ? `${title} ${glyphs.warning}` : title;
    if (id === active) return { text: `[${text}]${gap}`, token: 'heading' };
    return { text: ` ${text} ${gap}`, token: hasProblem ? 'error' : 'text' };
  });
}
