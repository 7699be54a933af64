import { useTheme } from '../../theme/theme.ts';
import { Framed } from '../dialog/framed.tsx';
import { useSeenLines } from '../facts/scrolled-lines.tsx';
import type { Help } from './help.ts';
import { helpLines } from './help-lines.ts';

export interface HelpViewProps {
  readonly help: Help;
  readonly width: number;
  readonly height: number;
}

/** The keys of this screen. */
export function HelpView({ help, width, height }: HelpViewProps) {
  const { glyphs } = useTheme();
  const columns = Math.min(width, 100);
  const lines = helpLines(help.entries, columns - 4, glyphs.ellipsis);
  const room = Math.max(1, Math.min(lines.length, height - 2));
  return <Framed title="Keys" lines={useSeenLines(lines, help.scroll, room)} width={columns} />;
}
