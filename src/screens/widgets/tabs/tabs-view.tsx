import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { TabsState } from './state.ts';
import { tabsLine } from './tabs-line.ts';

export function TabsView({ state, width }: { readonly state: TabsState; readonly width: number }) {
  const { glyphs } = useTheme();
  return <Line content={tabsLine(state, width, glyphs)} width={width} />;
}
