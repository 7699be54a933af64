import { runStateNames } from '../../../core/runs/run.ts';
import { type HeldChange, takeawayText } from '../../../core/sync/held-list.ts';
import { momentText } from '../../text/moment-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { leftAndRight } from '../../widgets/line/spans.ts';
import { FilterLine } from '../../widgets/table/filter-line.tsx';
import type { Table } from '../../widgets/table/table.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import { TabsView } from '../../widgets/tabs/tabs-view.tsx';
import { stateToken } from '../run-text.ts';
import { type ApprovalState, heldTabs, heldTotal } from './state.ts';

export interface ApprovalViewProps {
  readonly state: ApprovalState;
  readonly table: Table<HeldChange>;
  readonly now: Date;
  readonly width: number;
  readonly height: number;
}

/** What a run would take away from whom, and what became of it. */
export function ApprovalView({ state, table, now, width, height }: ApprovalViewProps) {
  const { glyphs } = useTheme();
  const { run, counts, newer } = state;
  const isOpen = heldTotal(counts) > 0;
  const would = isOpen ? `would ${takeawayText(counts)}` : 'holds nothing any more';
  const head = leftAndRight(
    [{ text: ` Run ${run.id} of ${momentText(run.startedAt, now)} by ${run.startedBy} ${would}` }],
    [{ text: `${runStateNames[run.state]} `, token: stateToken(run) }],
    width,
    glyphs.ellipsis,
  );
  return (
    <>
      <Line content={head} width={width} />
      {newer === null ? (
        <Line
          content=" An approval asks the directory once more, and does what is still true."
          width={width}
          token="dim"
        />
      ) : (
        <Line
          content={` Run ${newer} is later and holds by itself what is still open. n goes there.`}
          width={width}
          token="warning"
        />
      )}
      <TabsView state={heldTabs(state)} width={width} />
      <FilterLine table={table} width={width} order="In the order of the run" />
      <TableView table={table} width={width} height={height - 4} emptyText="Nothing is held." />
    </>
  );
}
