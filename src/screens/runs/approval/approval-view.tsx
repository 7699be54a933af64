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
  const would = heldTotal(counts) > 0 ? `would ${takeawayText(counts)}` : 'holds nothing any more';
  const head = leftAndRight(
    [{ text: ` Run ${run.id} of ${momentText(run.startedAt, now)} by ${run.startedBy} ${would}` }],
    [{ text: `${runStateNames[run.state]} `, token: stateToken(run) }],
    width,
    glyphs.ellipsis,
  );
  return (
    <>
      <Line content={head} width={width} />
      <Line content={` ${whatNow(run, newer)}`} width={width} token={newer === null ? 'dim' : 'warning'} />
      <TabsView state={heldTabs(state)} width={width} />
      <FilterLine table={table} width={width} order="In the order of the run" />
      <TableView table={table} width={width} height={height - 4} emptyText="Nothing is held." />
    </>
  );
}

/** What can be done about it, or was done. */
function whatNow({ state }: ApprovalState['run'], newer: number | null): string {
  if (newer !== null) return `Run ${newer} is later and holds by itself what is still open. n goes there.`;
  if (state === 'rejected') return 'It was rejected: nothing of this is done. The next run decides anew.';
  if (state === 'approved') return 'It was approved. What is held by now is for a later run to decide.';
  if (state === 'superseded') return 'A later run has decided anew about all of this.';
  return 'An approval asks the directory once more, and does what is still true.';
}
