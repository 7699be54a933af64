import { Box } from 'ink';
import type { ReactNode } from 'react';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight } from '../widgets/line/spans.ts';
import { VerticalRule } from '../widgets/line/vertical-rule.tsx';
import { TabsView } from '../widgets/tabs/tabs-view.tsx';
import type { Browser } from './browser.ts';
import { importLayout } from './layout.ts';
import { PeopleView } from './people/people-view.tsx';
import { PlacesView } from './places/places-view.tsx';
import { views, viewTitles } from './state.ts';

export interface BrowserViewProps {
  readonly browser: Browser;
  /** What must be told first, a line each. */
  readonly notices: readonly string[];
  readonly width: number;
  readonly height: number;
  /** Two lines below the panes. */
  readonly children: ReactNode;
}

const tabs = views.map((id) => ({ id, title: viewTitles[id] }));

/** Places at the left, people at the right. */
export function BrowserView({ browser, notices, width, height, children }: BrowserViewProps) {
  const { glyphs } = useTheme();
  const state = browser.state.get();
  const { placesWidth, peopleWidth, paneHeight } = importLayout(width, height, notices.length);
  const label = { text: `${browser.session.label()} `, token: 'accent' } as const;
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
          content={leftAndRight([], [label], peopleWidth - 11, glyphs.ellipsis)}
          width={peopleWidth - 11}
        />
      </Box>
      {rule(glyphs.teeDown)}
      <Box height={paneHeight} flexShrink={0}>
        <Box width={placesWidth} height={paneHeight} flexDirection="column" overflow="hidden">
          <PlacesView
            places={browser.places}
            view={state.view}
            width={placesWidth}
            height={paneHeight}
            isFocused={isAtPlaces}
          />
        </Box>
        <VerticalRule height={paneHeight} />
        <Box width={peopleWidth} height={paneHeight} flexDirection="column" overflow="hidden">
          <PeopleView
            people={browser.people}
            width={peopleWidth}
            height={paneHeight}
            isFocused={!isAtPlaces}
          />
        </Box>
      </Box>
      {rule(glyphs.teeUp)}
      {children}
    </>
  );
}
