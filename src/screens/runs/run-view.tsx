import type { LoggedChange } from '../../core/runs/run-log.ts';
import { displayText, wrapWords } from '../terminal/display-text.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight, type Span } from '../widgets/line/spans.ts';
import { progressSpans } from '../widgets/progress/progress-bar.tsx';
import { FilterLine } from '../widgets/table/filter-line.tsx';
import type { Table } from '../widgets/table/table.ts';
import { TableView } from '../widgets/table/table-view.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import { standing, summaryText } from './run-text.ts';
import { isRunning, kindTabs, type RunState } from './state.ts';

export interface RunViewProps {
  readonly state: RunState;
  /** Whom it takes. */
  readonly whom: string;
  /** A line about how it was done; empty where there is nothing to say. */
  readonly how?: string;
  readonly table: Table<LoggedChange>;
  readonly width: number;
  readonly height: number;
}

const mostFailureLines = 4;

/** How far it is or how it ended, the counts, and the lines of its log. */
export function RunView({ state, whom, how = '', table, width, height }: RunViewProps) {
  const { glyphs } = useTheme();
  const { text, token } = standing(state);
  const head = leftAndRight([{ text: ` ${whom}` }], [{ text: `${text} `, token }], width, glyphs.ellipsis);
  const second: readonly Span[] = isRunning(state)
    ? [{ text: ' ' }, ...progressSpans(state.progress, width, glyphs)]
    : [{ text: ` ${summaryText(state)}`, token: 'dim' }];
  const failure = wrapWords(displayText(state.failure), width - 2).slice(0, mostFailureLines);
  const lines = state.failure === '' ? [] : failure;
  return (
    <>
      <Line content={head} width={width} />
      <Line content={second} width={width} />
      {how !== '' && <Line content={` ${how}`} width={width} token="dim" />}
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={` ${line}`} width={width} token="error" />
      ))}
      <TabsView state={kindTabs(state)} width={width} />
      <FilterLine table={table} width={width} />
      <TableView
        table={table}
        width={width}
        height={height - 4 - lines.length - (how === '' ? 0 : 1)}
        emptyText={isRunning(state) ? 'Nothing yet.' : 'Nobody.'}
      />
    </>
  );
}
