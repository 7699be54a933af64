import { Box, useIsScreenReaderEnabled } from 'ink';
import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { textWidth } from './state.ts';
import type { TextArea } from './text-area.ts';
import { gutterWidth, type TextAreaLook, textAreaLines } from './text-area-lines.ts';

export interface TextAreaViewProps extends Omit<TextAreaLook, 'warning'> {
  readonly area: TextArea;
  readonly width: number;
  readonly height: number;
}

/** A text with the numbers of its lines; scrolls with the cursor. */
export function TextAreaView({ area, width, height, ...look }: TextAreaViewProps) {
  const state = useStore(area);
  const { glyphs } = useTheme();
  const room = width - gutterWidth(state);
  useLayoutEffect(() => {
    const { width: before, height: heightBefore } = area.get();
    if (before !== textWidth(room) || heightBefore !== Math.max(1, height))
      area.dispatch({ type: 'resize', width: room, height });
  }, [area, room, height]);
  const isSpoken = useIsScreenReaderEnabled();
  // A screen reader would read the whole text again at every key.
  if (isSpoken) return <Line content={state.lines[state.cursor.line] ?? ''} width={width} />;
  const lines = textAreaLines(state, { ...look, warning: glyphs.warning });
  return (
    <Box flexDirection="column" width={width} height={height}>
      {lines.map((spans, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place.
        <Line key={index} content={spans} width={width} />
      ))}
    </Box>
  );
}
