import { Box } from 'ink';
import { displayText, fitColumns, wrapWords } from '../terminal/display-text.ts';
import type { Glyphs } from '../theme/glyphs.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import type { Span } from '../widgets/line/spans.ts';
import type { StatusItem, StatusState } from './state.ts';

const labelWidth = 18;
const leadWidth = 2;

interface StatusLine {
  readonly spans: readonly Span[];
  /** Index of its item. */
  readonly item: number;
  readonly isSelected: boolean;
}

export interface StatusViewProps {
  readonly state: StatusState;
  readonly width: number;
  readonly height: number;
}

/** Labels at the left, what stands behind them at the right; scrolls with the cursor. */
export function StatusView({ state, width, height }: StatusViewProps) {
  const { glyphs } = useTheme();
  const lines = state.items.flatMap((item, index) => itemLines(item, index, state.cursor, width, glyphs));
  const at = lines.findLastIndex(({ item }) => item === state.cursor);
  const top = Math.max(0, Math.min(at - height + 2, lines.length - height));
  return (
    <Box flexDirection="column" width={width} height={height}>
      {lines.slice(top, top + height).map(({ spans, isSelected }, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
          key={index}
          content={spans}
          width={width}
          token={isSelected ? 'selection' : 'text'}
          isFilled={isSelected}
        />
      ))}
    </Box>
  );
}

function itemLines(
  item: StatusItem,
  index: number,
  cursor: number,
  width: number,
  glyphs: Glyphs,
): readonly StatusLine[] {
  const isSelected = index === cursor;
  const mark = item.token === 'warning' && item.command !== undefined ? `${glyphs.warning} ` : '';
  const texts = item.lines.flatMap((line) =>
    wrapWords(displayText(line), Math.max(8, width - leadWidth - labelWidth - mark.length - 1)),
  );
  const lines = texts.map((text, line): StatusLine => {
    const lead = isSelected && line === 0 ? `${glyphs.cursor} ` : '  ';
    const label = fitColumns(line === 0 ? item.label : '', labelWidth, glyphs.ellipsis);
    const before = line === 0 ? mark : ' '.repeat(mark.length);
    return {
      item: index,
      isSelected,
      spans: [
        { text: lead },
        { text: label, token: isSelected ? undefined : 'dim' },
        { text: before + text, token: isSelected ? undefined : item.token },
      ],
    };
  });
  const gap: StatusLine = { item: index, isSelected: false, spans: [] };
  return item.isFirst === true && index > 0 ? [gap, ...lines] : lines;
}
