import type { Glyphs } from '../../theme/glyphs.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import type { Span } from '../line/spans.ts';
import { type ProgressState, progressText } from './state.ts';

/** A bar with its numbers and the current item behind it. The numbers say what the bar shows. */
export function ProgressBar({ state, width }: { readonly state: ProgressState; readonly width: number }) {
  const { glyphs } = useTheme();
  return <Line content={progressSpans(state, width, glyphs)} width={width} />;
}

export function progressSpans(
  state: ProgressState,
  width: number,
  glyphs: Pick<Glyphs, 'full' | 'empty'>,
): readonly Span[] {
  const barWidth = Math.max(4, Math.min(30, Math.floor(width / 4)));
  const share = state.total === null || state.total === 0 ? 0 : Math.min(1, state.done / state.total);
  const full = Math.floor(share * barWidth);
  return [
    { text: glyphs.full.repeat(full), token: 'accent' },
    { text: glyphs.empty.repeat(barWidth - full), token: 'border' },
    { text: `  ${progressText(state)}  ` },
    { text: state.current, token: 'dim' },
  ];
}
