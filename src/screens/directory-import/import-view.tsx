import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight, type Span, spansWidth } from '../widgets/line/spans.ts';
import type { Browser } from './browser.ts';
import { BrowserView } from './browser-view.tsx';
import { WhomLine } from './whom-line.tsx';

export interface ImportViewProps {
  readonly browser: Browser;
  /** The rules on one line. */
  readonly how: string;
  /** What must be told first, a line each. */
  readonly notices: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The directory, and below it whom an import would take, and how. */
export function ImportView({ browser, how, notices, width, height }: ImportViewProps) {
  return (
    <BrowserView browser={browser} notices={notices} width={width} height={height}>
      <WhomLine browser={browser} label="Whom:" width={width} />
      <HowLine how={how} width={width} />
    </BrowserView>
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
