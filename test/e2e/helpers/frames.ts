import type { PtyProgram } from '../../screens/helpers/pty.ts';

type Emulator = PtyProgram['emulator'];

/** One text per cell of each row: '' behind a wide character. */
function cellsOf({ buffer, cols, rows }: Emulator): string[][] {
  return Array.from({ length: rows }, (_, row) => {
    const line = buffer.active.getLine(buffer.active.baseY + row);
    return Array.from({ length: cols }, (_, column) => {
      const cell = line?.getCell(column);
      return cell?.getWidth() === 0 ? '' : cell?.getChars() || ' ';
    });
  });
}

/**
 * What is not in its place: where one is, the two rules, keys that work, a free last line, the sides of boxes and
 * the lines between columns.
 */
export function frameFaults(emulator: Emulator, columns: number, rows: number): string[] {
  const cells = cellsOf(emulator);
  const frame = cells.map((row) => row.join('').trimEnd());
  const isRule = (row = '') => row.length === columns && /^[─┬┴+-]+$/.test(row);
  const hints = (frame[rows - 2] ?? '').trim().split(/ {2,}/);
  return [
    ...(cells.length === rows && cells[0]?.length === columns ? [] : ['the size of the terminal']),
    ...(/^ MFA Console {2}[A-Z]/.test(frame[0] ?? '') ? [] : ['the first line']),
    ...(isRule(frame[1]) ? [] : ['the upper rule']),
    ...(isRule(frame[rows - 4]) ? [] : ['the lower rule']),
    ...hints
      .filter((hint) => !/^(\S+ [A-Z][^…~]*|Type to edit)$/.test(hint))
      .map((hint) => `the key "${hint}"`),
    ...(frame[rows - 1] === '' ? [] : ['the last line']),
    ...brokenBorders(cells),
  ];
}

const side = /[│├┤]/;

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Places where the side of a box, or a line between two columns, is interrupted. */
function brokenBorders(cells: readonly string[][]): string[] {
  const broken: string[] = [];
  const boxes: Box[] = [];
  cells.forEach((row, top) => {
    row.forEach((cell, from) => {
      if (cell !== '┌') return;
      const to = row.indexOf('┐', from);
      let bottom = top + 1;
      while (side.test(cells[bottom]?.[from] ?? '') && side.test(cells[bottom]?.[to] ?? '')) bottom += 1;
      boxes.push({ top, bottom, left: from, right: to });
      if (cells[bottom]?.[from] === '└' && cells[bottom]?.[to] === '┘') return;
      broken.push(`the box at row ${top + 1}, column ${from + 1}, in row ${bottom + 1}`);
    });
  });
  const isCovered = (row: number, at: number) =>
    boxes.some((box) => row >= box.top && row <= box.bottom && at >= box.left && at <= box.right);
  for (const at of cells[0]?.keys() ?? []) {
    const rows = cells.flatMap((row, index) => (row[at] === '│' && !isCovered(index, at) ? [index] : []));
    const [first = 0, last = 0] = [rows[0], rows.at(-1)];
    for (let row = first; row < last; row += 1) {
      if (!rows.includes(row) && !isCovered(row, at))
        broken.push(`the line at column ${at + 1}, row ${row + 1}`);
    }
  }
  return broken;
}

/** Whether any cell has a colour of its own. */
export function hasColour({ buffer, cols, rows }: Emulator): boolean {
  for (let row = 0; row < rows; row += 1) {
    const line = buffer.active.getLine(buffer.active.baseY + row);
    for (let column = 0; column < cols; column += 1) {
      const cell = line?.getCell(column);
      if (cell && !(cell.isFgDefault() && cell.isBgDefault())) return true;
    }
  }
  return false;
}
