import { useStore } from '../../store.ts';
import { useTheme } from '../../theme/theme.ts';
import { Framed } from '../dialog/framed.tsx';
import { fitSpans, leftAndRight, type Span } from '../line/spans.ts';
import { textInputSpans } from '../text-input/text-input.ts';
import type { Palette } from './palette.ts';
import type { PaletteEntry } from './state.ts';

export interface PaletteViewProps {
  readonly palette: Palette;
  readonly width: number;
  readonly height: number;
}

/** The typed text above the entries that match; disabled ones with their reason. */
export function PaletteView({ palette, width, height }: PaletteViewProps) {
  const { input, found, cursor } = useStore(palette);
  const { glyphs } = useTheme();
  const columns = Math.min(width, 72);
  const inner = columns - 4;
  const room = Math.max(1, Math.min(12, height - 3));
  const top = Math.max(0, Math.min(cursor - room + 1, found.length - room));
  const entries = found.slice(top, top + room).map((entry, line) => {
    return entryLine(entry, top + line === cursor, inner, glyphs);
  });
  const typed: Span[] = [{ text: ': ' }, ...textInputSpans(input, { width: inner - 2, isFocused: true })];
  const lines = [typed, ...(entries.length > 0 ? entries : [[{ text: palette.emptyText }]])];
  return <Framed title={palette.title} lines={lines} width={columns} />;
}

function entryLine(
  entry: PaletteEntry,
  isCursor: boolean,
  columns: number,
  glyphs: { readonly cursor: string; readonly ellipsis: string },
): readonly Span[] {
  const token = isCursor ? 'selection' : entry.reason === null ? 'text' : 'disabled';
  const lead = isCursor ? `${glyphs.cursor} ` : '  ';
  const title = `${lead}${entry.scope}: ${entry.title}`;
  // The title says what it is; a reason may be cut.
  const spans =
    entry.reason === null
      ? leftAndRight([{ text: title }], [{ text: entry.keys }], columns, glyphs.ellipsis)
      : fitSpans([{ text: `${title}  (${entry.reason})` }], columns, glyphs.ellipsis, true);
  return spans.map((span) => ({ ...span, token }));
}
