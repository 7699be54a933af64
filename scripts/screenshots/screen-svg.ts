import type { IBufferCell, Terminal } from '@xterm/headless';

const cellWidth = 8.4;
const lineHeight = 18;
const margin = 12;
const background = '#1e1e1e';
const foreground = '#d4d4d4';
/** The 16 colours as a usual terminal shows them. */
const palette = [
  '#1e1e1e',
  '#e06c75',
  '#98c379',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#56b6c2',
  '#d4d4d4',
  '#7f848e',
  '#ff7b86',
  '#b5e08f',
  '#ffd68a',
  '#8cc8ff',
  '#dd9cf0',
  '#7fd7e3',
  '#ffffff',
];

interface Run {
  column: number;
  columns: number;
  text: string;
  style: { colour: string; ground: string | null; isBold: boolean };
}

/** The screen of a terminal as a picture. */
export function screenSvg(terminal: Terminal): string {
  const { active } = terminal.buffer;
  const width = Math.ceil(terminal.cols * cellWidth + 2 * margin);
  const height = terminal.rows * lineHeight + 2 * margin;
  const rows = Array.from({ length: terminal.rows }, (_, row) =>
    rowSvg(runsOf(terminal, active.baseY + row), row),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title>A screen of the MFA Console</title>
<rect width="100%" height="100%" rx="6" fill="${background}"/>
<g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14">
${rows.filter((row) => row !== '').join('\n')}
</g>
</svg>
`;
}

/** Neighbouring cells of one style. Every run says its width, so that any font keeps the columns. */
function runsOf(terminal: Terminal, line: number): Run[] {
  const runs: Run[] = [];
  const cells = terminal.buffer.active.getLine(line);
  for (let column = 0; column < terminal.cols; column += 1) {
    const cell = cells?.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const style = styleOf(cell);
    const last = runs.at(-1);
    if (last !== undefined && JSON.stringify(last.style) === JSON.stringify(style)) {
      last.text += cell.getChars() || ' ';
      last.columns += cell.getWidth();
    } else runs.push({ column, columns: cell.getWidth(), text: cell.getChars() || ' ', style });
  }
  return runs;
}

function styleOf(cell: IBufferCell): Run['style'] {
  const colour = cell.isFgPalette() ? (palette[cell.getFgColor()] ?? foreground) : foreground;
  const ground = cell.isBgPalette() ? (palette[cell.getBgColor()] ?? null) : null;
  const isBold = cell.isBold() !== 0;
  if (cell.isInverse() !== 0) return { colour: ground ?? background, ground: colour, isBold };
  return { colour, ground, isBold };
}

function rowSvg(runs: readonly Run[], row: number): string {
  const y = margin + row * lineHeight;
  return runs
    .map(({ column, columns, text, style }) => {
      const x = (margin + column * cellWidth).toFixed(1);
      const width = (columns * cellWidth).toFixed(1);
      const ground =
        style.ground === null
          ? ''
          : `<rect x="${x}" y="${y}" width="${width}" height="${lineHeight}" fill="${style.ground}"/>`;
      if (text.trim() === '') return ground;
      const bold = style.isBold ? ' font-weight="bold"' : '';
      return `${ground}<text x="${x}" y="${y + 14}" fill="${style.colour}"${bold} textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve">${escapeXml(text)}</text>`;
    })
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
