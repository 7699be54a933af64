import { Box } from 'ink';
import { useStore } from '../store.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight, type Span, spansWidth } from '../widgets/line/spans.ts';
import { VerticalRule } from '../widgets/line/vertical-rule.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import { importLayout } from './layout.ts';
import type { People } from './people/people.ts';
import { PeopleView } from './people/people-view.tsx';
import { type Places, PlacesView } from './places/places-view.tsx';
import { type ImportState, otherDepth, views, viewTitles } from './state.ts';
import { type Whom, whomText } from './whom.ts';

export interface ImportViewProps {
  readonly state: ImportState;
  readonly places: Places;
  readonly people: People;
  /** The domain or server. */
  readonly label: string;
  readonly whom: Whom | null;
  readonly hasMarks: boolean;
  /** The rules on one line. */
  readonly how: string;
  /** What must be told first, a line each. */
  readonly notices: readonly string[];
  readonly width: number;
  readonly height: number;
}

const tabs = views.map((id) => ({ id, title: viewTitles[id] }));

/** Places at the left, people at the right, and below them whom an import would take, and how. */
export function ImportView(props: ImportViewProps) {
  const { state, places, people, label, whom, hasMarks, how, notices, width, height } = props;
  const { glyphs } = useTheme();
  const { placesWidth, peopleWidth, paneHeight } = importLayout(width, height, notices.length);
  const rule = (tee: string) => {
    const text = glyphs.horizontal.repeat(placesWidth) + tee + glyphs.horizontal.repeat(peopleWidth);
    return <Line content={text} width={width} token="border" />;
  };
  const isAtPlaces = state.pane === 'places';
  return (
    <>
      {notices.map((text) => (
        <Line key={text} content={` ${glyphs.warning} ${text}`} width={width} token="warning" />
      ))}
      <Box>
        <Box width={placesWidth + 12}>
          <TabsView state={{ tabs, active: state.view }} width={placesWidth + 12} />
        </Box>
        <Line
          content={leftAndRight(
            [],
            [{ text: `${label} `, token: 'accent' }],
            peopleWidth - 11,
            glyphs.ellipsis,
          )}
          width={peopleWidth - 11}
        />
      </Box>
      {rule(glyphs.teeDown)}
      <Box height={paneHeight} flexShrink={0}>
        <Box width={placesWidth} height={paneHeight} flexDirection="column" overflow="hidden">
          <PlacesView
            places={places}
            view={state.view}
            width={placesWidth}
            height={paneHeight}
            isFocused={isAtPlaces}
          />
        </Box>
        <VerticalRule height={paneHeight} />
        <Box width={peopleWidth} height={paneHeight} flexDirection="column" overflow="hidden">
          <PeopleView people={people} width={peopleWidth} height={paneHeight} isFocused={!isAtPlaces} />
        </Box>
      </Box>
      {rule(glyphs.teeUp)}
      <WhomLine
        whom={whom}
        depth={hasMarks || whom === null ? null : otherDepth(state)}
        people={people}
        width={width}
      />
      <HowLine how={how} width={width} />
    </>
  );
}

/** The rules, and the keys that change them as far as there is room. */
function HowLine({ how, width }: { readonly how: string; readonly width: number }) {
  const { glyphs } = useTheme();
  const left: Span[] = [{ text: ' How:  ', token: 'dim' }, { text: how }];
  const room = width - spansWidth(left) - 2;
  const right = keyHints.find((spans) => spansWidth(spans) <= room) ?? [];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}

const keyHints: readonly (readonly Span[])[] = [
  [
    { text: 'o', token: 'accent' },
    { text: ' Settings  ', token: 'dim' },
    { text: 'm', token: 'accent' },
    { text: ' Method  ', token: 'dim' },
    { text: 'l', token: 'accent' },
    { text: ' Languages ', token: 'dim' },
  ],
  [
    { text: 'o m l', token: 'accent' },
    { text: ' Change ', token: 'dim' },
  ],
];

interface WhomLineProps {
  readonly whom: Whom | null;
  /** What the depth key would do; null where it would do nothing. */
  readonly depth: string | null;
  readonly people: People;
  readonly width: number;
}

function WhomLine({ whom, depth, people, width }: WhomLineProps) {
  const { glyphs } = useTheme();
  const { people: listed } = useStore(people);
  const signs = [
    ...(listed.some(({ importedAs }) => importedAs !== null) ? ['= imported'] : []),
    ...(listed.some(({ isAccountEnabled }) => !isAccountEnabled) ? ['- disabled'] : []),
  ].join('  ');
  const left: Span[] = [
    { text: ' Whom: ', token: 'dim' },
    whom === null ? { text: 'nobody', token: 'dim' } : { text: whomText(whom), token: 'heading' },
  ];
  if (depth !== null) left.push({ text: '   d ', token: 'accent' }, { text: depth, token: 'dim' });
  const right: Span[] = signs === '' ? [] : [{ text: `${signs} `, token: 'dim' }];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}
