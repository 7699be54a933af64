import { useStore } from '../store.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { leftAndRight, type Span } from '../widgets/line/spans.ts';
import type { Browser } from './browser.ts';
import { otherDepth } from './state.ts';
import { whomText } from './whom.ts';

export interface WhomLineProps {
  readonly browser: Pick<Browser, 'state' | 'whom' | 'hasMarks' | 'people'>;
  readonly label: string;
  readonly width: number;
}

/** Whom it would be, the key that takes in what is below or leaves it out, and what the signs in the list mean. */
export function WhomLine({ browser, label, width }: WhomLineProps) {
  const { glyphs } = useTheme();
  const { people: listed } = useStore(browser.people);
  const whom = browser.whom();
  const depth = browser.hasMarks() || whom === null ? null : otherDepth(browser.state.get());
  const signs = [
    ...(listed.some(({ importedAs }) => importedAs !== null) ? ['= imported'] : []),
    ...(listed.some(({ isAccountEnabled }) => isAccountEnabled === false) ? ['- disabled'] : []),
  ].join('  ');
  const left: Span[] = [
    { text: ` ${label} `, token: 'dim' },
    whom === null ? { text: 'nobody', token: 'dim' } : { text: whomText(whom), token: 'heading' },
  ];
  if (depth !== null) left.push({ text: '   d ', token: 'accent' }, { text: depth, token: 'dim' });
  const right: Span[] = signs === '' ? [] : [{ text: `${signs} `, token: 'dim' }];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}
