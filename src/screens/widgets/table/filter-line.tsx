import { countText } from '../../../core/count-text.ts';
import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { leftAndRight, type Span } from '../line/spans.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import type { TableColumn } from './columns.ts';
import type { Sort } from './row-source.ts';
import type { Table } from './table.ts';

export interface FilterLineProps<Row> {
  readonly table: Table<Row>;
  readonly width: number;
  /** The order of a list that has one of its own. */
  readonly order?: string;
}

/** The line above a list: its filter or its order at the left, "37 of 100,000" and the marks at the right. */
export function FilterLine<Row>({ table, width, order }: FilterLineProps<Row>) {
  const { isEditing, input } = useStore(table.filter);
  const { total, totalOfAll, isEstimate, marks, query } = useStore(table);
  const { glyphs } = useTheme();
  const right: Span[] = [{ text: totalText(total, totalOfAll, isEstimate), token: 'dim' }];
  if (marks.size > 0) right.unshift({ text: `${countText(marks.size)} marked  `, token: 'accent' });
  const left: Span[] =
    isEditing || input.value !== ''
      ? [
          { text: 'Filter: ', token: 'dim' },
          ...textInputSpans(input, { width: Math.max(8, width - 40), isFocused: isEditing }),
        ]
      : [{ text: order ?? orderText(table.options.columns, query.sort), token: 'dim' }];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}

function totalText(total: number | null, totalOfAll: number | null, isEstimate: boolean): string {
  if (total === null) return '';
  const shown = `${isEstimate ? 'about ' : ''}${countText(total)}`;
  return totalOfAll === null || totalOfAll === total ? shown : `${shown} of ${countText(totalOfAll)}`;
}

/** The order, which may be that of a column that has no room. */
function orderText<Row>(columns: readonly TableColumn<Row>[], sort: Sort | null): string {
  const column = columns.find(({ id }) => id === sort?.column);
  if (column === undefined || sort === null) return '';
  return `By ${column.title.toLowerCase()}${sort.isDescending ? ', reversed' : ''}`;
}
