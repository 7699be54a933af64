import { displayText, wrapWords } from '../../terminal/display-text.ts';
import { Framed } from '../dialog/framed.tsx';
import type { Span } from '../line/spans.ts';

export interface WaitingViewProps {
  readonly title: string;
  /** What is awaited, as a sentence. */
  readonly text: string;
  readonly width: number;
}

export function WaitingView({ title, text, width }: WaitingViewProps) {
  const columns = Math.min(width, 72);
  const words = wrapWords(displayText(text), columns - 4).map((line): Span[] => [{ text: line }]);
  const lines: Span[][] = [...words, [], [{ text: 'Esc stops.', token: 'dim' }]];
  return <Framed title={title} lines={lines} width={columns} />;
}
