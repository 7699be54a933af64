import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { leftAndRight, type Span } from '../line/spans.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import type { Table } from './table.ts';

/** The line above a list: its filter at the left, "37 of 100,000" and the number of marks at the right. */
export function FilterLine<Row>({ table, width }: { readonly table: Table<Row>; readonly width: number }) {
  const { isEditing, input } = useStore(table.filter);
  const { total, totalOfAll, marks } = useStore(table);
  const { glyphs } = useTheme();
  const right: Span[] = [{ text: countText(total, totalOfAll), token: 'dim' }];
  if (marks.size > 0)
    right.unshift({ text: `${marks.size.toLocaleString('en-US')} marked  `, token: 'accent' });
  const left: Span[] =
    isEditing || input.value !== ''
      ? [
          { text: 'Filter: ', token: 'dim' },
          ...textInputSpans(input, { width: Math.max(8, width - 40), isFocused: isEditing }),
        ]
      : [];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}

function countText(total: number | null, totalOfAll: number | null): string {
  if (total === null) return '';
  const shown = total.toLocaleString('en-US');
  return totalOfAll === null || totalOfAll === total
    ? shown
    : `${shown} of ${totalOfAll.toLocaleString('en-US')}`;
}
