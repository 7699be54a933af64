import type { CsvLine } from '../../../core/users/csv-import.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { leftAndRight } from '../../widgets/line/spans.ts';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import type { Table } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import { TabsView } from '../../widgets/tabs/tabs-view.tsx';
import { type CsvImportState, kindTabs, type Phase } from './state.ts';

export interface CsvImportViewProps {
  readonly file: string;
  readonly state: CsvImportState;
  readonly table: Table<CsvLine>;
  readonly width: number;
  readonly height: number;
}

const phaseNames: Record<Phase, string> = {
  reading: 'reading',
  previewed: 'preview, nothing is written yet',
  importing: 'importing',
  imported: 'imported',
  stopped: 'stopped before the end',
};

export function CsvImportView({ file, state, table, width, height }: CsvImportViewProps) {
  const { glyphs } = useTheme();
  const { unknownColumns, phase } = state;
  const head = leftAndRight(
    [{ text: ` ${file}` }],
    [{ text: phaseNames[phase], token: phase === 'stopped' ? 'warning' : 'accent' }],
    width,
    glyphs.ellipsis,
  );
  const unknown = unknownColumns.length === 0 ? '' : ` Columns passed over: ${unknownColumns.join(', ')}`;
  return (
    <>
      <Line content={head} width={width} />
      <TabsView state={kindTabs(state)} width={width} />
      {unknown !== '' && <Line content={unknown} width={width} token="warning" />}
      <FilterLine table={table} width={width} />
      <TableView table={table} width={width} height={height - (unknown === '' ? 3 : 4)} />
    </>
  );
}
