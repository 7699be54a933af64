import type { Token } from '../../theme/style.ts';
import { useTheme } from '../../theme/theme.ts';
import { Line } from '../line/line.tsx';
import { leftAndRight } from '../line/spans.ts';
import type { StatusMessage } from './state.ts';

export interface StatusLineProps {
  readonly message: StatusMessage | null;
  /** Stands at the right: how many are marked, "changed, r to refresh". */
  readonly note?: string;
  readonly width: number;
}

export function StatusLine({ message, note = '', width }: StatusLineProps) {
  const { glyphs } = useTheme();
  const kind = message?.kind ?? 'info';
  const token: Token = kind === 'info' ? 'text' : kind;
  // The mark says what the colour says.
  const mark = kind === 'error' || kind === 'warning' ? `${glyphs.warning} ` : '';
  const left = [{ text: message === null ? '' : ` ${mark}${message.text}`, token }];
  const right = note === '' ? [] : [{ text: `${note} `, token: 'accent' as const }];
  return <Line content={leftAndRight(left, right, width, glyphs.ellipsis)} width={width} />;
}
