import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { Span } from '../line/spans.ts';
import type { TabsState } from './state.ts';

/** `[Settings]  Filters   Attributes`: the open tab is the one in brackets. */
export function TabsView({ state, width }: { readonly state: TabsState; readonly width: number }) {
  const { glyphs } = useTheme();
  const spans = state.tabs.map(({ id, title, hasProblem }): Span => {
    const text = hasProblem ? `${title} ${glyphs.warning}` : title;
    if (id === state.active) return { text: `[${text}]  `, token: 'heading' };
    return { text: ` ${text}   `, token: hasProblem ? 'error' : 'text' };
  });
  return <Line content={spans} width={width} />;
}
