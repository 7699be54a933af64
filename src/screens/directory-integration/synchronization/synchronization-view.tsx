import { useStore } from '../../store.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import type { Table } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import type { ItemRow } from './items.ts';
import { headSpans, noticesOf, type SyncOverview } from './overview.ts';

/** Of a longer reason, the run has the rest. */
const mostNoticeLines = 4;

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
  const notices = noticesOf(overview, now).flatMap((text) => noticeLines(text, width, glyphs.warning));
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
        <Line key={text} content={text} width={width} token="warning" />
      ))}
    </>
  );
}

/** A notice as wide as the pane; its mark stands before the first line. */
function noticeLines(text: string, width: number, mark: string): readonly string[] {
  const lines = wrapWords(displayText(text), width - 4).slice(0, mostNoticeLines);
  return lines.map((line, index) => ` ${index === 0 ? mark : ' '} ${line}`);
}
