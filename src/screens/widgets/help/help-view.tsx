import { useLayoutEffect } from 'react';
import { useStore } from '../../store.ts';
import { fitColumns } from '../../terminal/display-text.ts';
import { useTheme } from '../../theme/theme.ts';
import { Framed } from '../dialog/framed.tsx';
import type { Span } from '../line/spans.ts';
import { type Help, type HelpLine, helpLines } from './help.ts';

export interface HelpViewProps {
  readonly help: Help;
  readonly width: number;
  readonly height: number;
}

const keysWidth = 22;

/** The keys of this screen, scope by scope; what cannot be done now says why. */
export function HelpView({ help, width, height }: HelpViewProps) {
  const { entries, top } = useStore(help);
  const { glyphs } = useTheme();
  const columns = Math.min(width, 100);
  const lines = helpLines(entries);
  const room = Math.max(1, Math.min(lines.length, height - 2));
  useLayoutEffect(() => {
    if (help.get().height !== room) help.resize(room);
  }, [help, room]);
  const shown = lines.slice(top, top + room).map((line) => helpSpans(line, glyphs.ellipsis));
  const more = lines.length > room ? `Keys ${top + 1} to ${top + shown.length} of ${lines.length}` : 'Keys';
  return <Framed title={more} lines={shown} width={columns} />;
}

function helpSpans(line: HelpLine, ellipsis: string): readonly Span[] {
  if ('heading' in line) return [{ text: line.heading, token: 'heading' }];
  const isEnabled = line.reason === null;
  const keys = fitColumns(`  ${line.keys}`, keysWidth, ellipsis);
  return [
    { text: `${keys} `, token: isEnabled ? 'accent' : 'disabled' },
    { text: line.title, token: isEnabled ? 'text' : 'disabled' },
    ...(isEnabled ? [] : [{ text: `  (${line.reason})`, token: 'disabled' as const }]),
  ];
}
