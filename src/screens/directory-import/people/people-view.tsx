import { countOf, countText } from '../../../core/count-text.ts';
import { useStore } from '../../store.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../../widgets/line/line.tsx';
import { leftAndRight, type Span } from '../../widgets/line/spans.ts';
import { TableView } from '../../widgets/table/table-view.tsx';
import { textInputSpans } from '../../widgets/text-input/text-input.ts';
import { placeTitle } from '../places/place.ts';
import { signOf } from './columns.ts';
import type { People } from './people.ts';
import type { PeopleState } from './state.ts';

export interface PeopleViewProps {
  readonly people: People;
  readonly width: number;
  readonly height: number;
  readonly isFocused: boolean;
}

/** Where we are and how many there are, then everybody on a line. */
export function PeopleView({ people, width, height, isFocused }: PeopleViewProps) {
  const state = useStore(people);
  const failure = failureLines(state, width - 2).slice(0, Math.max(1, height - 4));
  const rows = height - 1 - failure.length;
  return (
    <>
      <Head people={people} width={width} />
      {failure.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={`  ${line}`} width={width} token="error" />
      ))}
      {state.place !== null && (state.phase !== 'failed' || state.people.length > 0) && (
        <TableView
          table={people.table}
          width={width}
          height={rows}
          isFocused={isFocused}
          showsEmptyMarks={people.table.options.isMarkable !== false}
          signOf={signOf}
          emptyText={emptyTexts[state.phase]}
        />
      )}
    </>
  );
}

const emptyTexts: Record<PeopleState['phase'], string> = {
  reading: 'Reading. Esc stops it.',
  read: 'There is nobody here.',
  stopped: 'Reading was stopped. r reads again.',
  failed: '',
};

function failureLines({ phase, failure }: PeopleState, columns: number): string[] {
  return phase === 'failed' ? wrapWords(displayText(failure), Math.max(1, columns)) : [];
}

function Head({ people, width }: { readonly people: People; readonly width: number }) {
  const state = useStore(people);
  const { isEditing, input } = useStore(people.table.filter);
  const { marks, total } = useStore(people.table);
  const { glyphs } = useTheme();
  if (state.place === null) return <Line content="" width={width} />;
  const hasFilter = isEditing || input.value !== '';
  const left: Span[] = hasFilter
    ? [
        { text: ' Filter: ', token: 'dim' },
        ...textInputSpans(input, { width: Math.max(8, width - 30), isFocused: isEditing }),
      ]
    : [{ text: ` ${placeTitle(state.place)}`, token: 'dim' }];
  const right: Span[] = [{ text: countsText(state, hasFilter ? total : null), token: 'dim' }];
  if (marks.size > 0) right.unshift({ text: `${countText(marks.size)} marked  `, token: 'accent' });
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}

/** "84 users", "37 of 412", "1,000 users, 99,427 more". @param matching how many pass the filter */
function countsText({ phase, people, total, unusable }: PeopleState, matching: number | null): string {
  if (matching !== null) return `${countText(matching)} of ${countText(people.length)}`;
  if (phase === 'reading') return people.length === 0 ? 'reading' : `${countText(people.length)}, reading`;
  const more = (total ?? people.length) - people.length;
  const parts = [
    countOf(people.length, 'user'),
    ...(more > 0 ? [`${countText(more)} more`] : []),
    ...(unusable > 0 ? [`${countText(unusable)} unusable`] : []),
    ...(phase === 'read' ? [] : ['incomplete']),
  ];
  return phase !== 'read' && people.length === 0 ? '' : parts.join(', ');
}
