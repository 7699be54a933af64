/** A line that both texts have, or only the one before, or only the one after. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Cells of the table of common lines; texts that differ in more are shown as replaced. */
const mostCells = 4_000_000;

/** How one text becomes another, line by line, with as few changes as possible. */
export function lineDiff(before: string, after: string): DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...lines('same', old.slice(0, start)),
    ...middleDiff(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...lines('same', old.slice(old.length - end)),
  ];
}

function middleDiff(old: readonly string[], now: readonly string[]): DiffLine[] {
  const [rows, columns] = [old.length, now.length];
  if (rows === 0 || columns === 0 || rows * columns > mostCells) {
    return [...lines('removed', old), ...lines('added', now)];
  }
  // Lengths of the longest common sequence of lines from each place to the ends.
  const width = columns + 1;
  const lengths = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const result: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < rows && column < columns) {
    if (old[row] === now[column]) {
      result.push(...lines('same', old.slice(row, row + 1)));
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) {
      result.push(...lines('removed', old.slice(row, row + 1)));
      row++;
    } else {
      result.push(...lines('added', now.slice(column, column + 1)));
      column++;
    }
  }
  return [...result, ...lines('removed', old.slice(row)), ...lines('added', now.slice(column))];
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

/** An empty text has no line; the end of the last line begins none. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
}
