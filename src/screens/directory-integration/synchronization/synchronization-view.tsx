import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import type { Table } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import type { ItemRow } from './items.ts';
import { headSpans, noticesOf, type SyncOverview } from './overview.ts';

export interface SynchronizationViewProps {
  readonly overview: SyncOverview;
  readonly table: Table<ItemRow>;
  /** The run that goes on, in a line; null while none does. */
  readonly running: string | null;
  readonly now: Date;
  readonly width: number;
  readonly height: number;
}

/** How it stands, the items, and below them what somebody should act on. */
export function SynchronizationView(props: SynchronizationViewProps) {
  const { overview, table, running, now, width, height } = props;
  const { glyphs } = useTheme();
  const { isEditing, input } = useStore(table.filter);
  const hasFilter = isEditing || input.value !== '';
  const notices = noticesOf(overview);
  const lines = notices.length + (running === null ? 0 : 1) + (hasFilter ? 1 : 0);
  return (
    <>
      <Line content={headSpans(overview, now)} width={width} />
      {hasFilter && <FilterLine table={table} width={width} />}
      <TableView
        table={table}
        width={width}
        height={height - 1 - lines}
        emptyText="There are no items yet. a adds a container or a group to be kept in step."
      />
      {running !== null && <Line content={` ${running}`} width={width} token="accent" />}
      {notices.map((text) => (
        <Line key={text} content={` ${glyphs.warning} ${text}`} width={width} token="warning" />
      ))}
    </>
  );
}
