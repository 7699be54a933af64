import { countText } from '../../../core/count-text.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { Line } from '../line/line.tsx';
import { isMarked } from './marks.ts';
import { currentRow, type TableState } from './state.ts';
import type { Table } from './table.ts';

export interface SpokenTableProps<Row> {
  readonly table: Table<Row>;
  readonly state: TableState<Row>;
  readonly width: number;
}

/** A list for a screen reader: the row under the cursor with the names of its columns, and where it is. */
export function SpokenTable<Row>({ table, state, width }: SpokenTableProps<Row>) {
  const text = spokenRow(table, state);
  return wrapWords(displayText(text), width).map((line) => <Line key={line} content={line} width={width} />);
}

function spokenRow<Row>({ options }: Table<Row>, state: TableState<Row>): string {
  const row = currentRow(state);
  if (row === undefined) return 'Reading';
  const cells = options.columns
    .map((column) => ({ title: column.title, value: column.value(row) }))
    .filter(({ value }) => value !== '' && value !== '-')
    .map(({ title, value }) => `${title} ${value}`);
  const mark = isMarked(state.marks, options.idOf(row)) ? 'marked, ' : '';
  return `${countText(state.cursor + 1)} of ${countText(state.total ?? 0)}: ${mark}${cells.join(', ')}`;
}
