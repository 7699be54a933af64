import type { LoggedChange } from '../../core/runs/run-log.ts';
import { displayText, wrapWords } from '../terminal/display-text.ts';
import { countOf, countText } from '../text/count-text.ts';
import type { Token } from '../theme/style.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight, type Span } from '../widgets/line/spans.ts';
import { progressSpans } from '../widgets/progress/progress-bar.tsx';
import { FilterLine } from '../widgets/table/filter-line.tsx';
import type { Table } from '../widgets/table/table.ts';
import { TableView } from '../widgets/table/table-view.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import { isRunning, kindTabs, type RunState } from './state.ts';

export interface RunViewProps {
  readonly state: RunState;
  /** Whom it takes. */
  readonly whom: string;
  readonly table: Table<LoggedChange>;
  readonly width: number;
  readonly height: number;
}

const mostFailureLines = 4;

/** How far it is or how it ended, the counts, and the lines of its log. */
export function RunView({ state, whom, table, width, height }: RunViewProps) {
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
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={` ${line}`} width={width} token="error" />
      ))}
      <TabsView state={kindTabs(state)} width={width} />
      <FilterLine table={table} width={width} />
      <TableView
        table={table}
        width={width}
        height={height - 4 - lines.length}
        emptyText={isRunning(state) ? 'Nothing yet.' : 'Nobody.'}
      />
    </>
  );
}

function standing({ isPreview, phase, run }: RunState): { readonly text: string; readonly token: Token } {
  if (phase === 'running') return { text: isPreview ? 'previewing' : 'importing', token: 'accent' };
  if (phase === 'stopping') return { text: 'stopping after this batch', token: 'warning' };
  if (phase === 'broken' || run === null) return { text: 'not started', token: 'error' };
  if (run.state === 'completed') {
    return isPreview
      ? { text: 'preview, nothing is written yet', token: 'accent' }
      : { text: 'imported', token: 'ok' };
  }
  if (run.state === 'cancelled') return { text: 'stopped', token: 'warning' };
  return { text: run.state, token: 'error' };
}

/** "Run 12: 427 read, 12 unchanged, 0.4 s, 1,030 a second. x writes it to a file." */
function summaryText({ run, counts }: RunState): string {
  if (run === null) return 'Nothing was written.';
  const seconds = run.seconds ?? 0;
  const parts = [
    `${countText(counts.read)} read`,
    `${countText(counts.unchanged)} unchanged`,
    ...mailParts(counts),
    `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`,
    ...(seconds > 0 ? [`${countText(counts.read / seconds)} a second`] : []),
  ];
  return `Run ${run.id}: ${parts.join(', ')}. x writes it to a file.`;
}

function mailParts({ mails, mailsNotSent = 0 }: RunState['counts']): string[] {
  if (mails === undefined) return [];
  return [
    countOf(mails, 'mail'),
    ...(mailsNotSent > 0 ? [`${countText(mailsNotSent)} of them not sent`] : []),
  ];
}
