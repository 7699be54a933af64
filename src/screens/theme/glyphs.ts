/** Characters that are drawn for what they look like. Each takes one column, marks take three. */
export interface Glyphs {
  readonly horizontal: string;
  readonly vertical: string;
  readonly topLeft: string;
  readonly topRight: string;
  readonly bottomLeft: string;
  readonly bottomRight: string;
  readonly teeDown: string;
  readonly teeUp: string;
  readonly ellipsis: string;
  readonly full: string;
  readonly empty: string;
  readonly mask: string;
  /** The line of the cursor. */
  readonly cursor: string;
  readonly marked: string;
  readonly unmarked: string;
  readonly partlyMarked: string;
  readonly collapsed: string;
  readonly expanded: string;
  readonly ascending: string;
  readonly descending: string;
  readonly warning: string;
  readonly running: string;
  readonly off: string;
}

/** Marks are letters everywhere: they must survive every font, code page and missing colour. */
const marks = {
  mask: '*',
  cursor: '>',
  marked: '[x]',
  unmarked: '[ ]',
  partlyMarked: '[-]',
  collapsed: '>',
  expanded: 'v',
  ascending: '^',
  descending: 'v',
  warning: '!',
  running: '*',
  off: '-',
};

/** Single lines and blocks, which code page 437 and every raster font have. */
export const lineGlyphs: Glyphs = {
  ...marks,
  horizontal: '─',
  vertical: '│',
  topLeft: '┌',
  topRight: '┐',
  bottomLeft: '└',
  bottomRight: '┘',
  teeDown: '┬',
  teeUp: '┴',
  ellipsis: '…',
  full: '█',
  empty: '▒',
};

export const asciiGlyphs: Glyphs = {
  ...marks,
  horizontal: '-',
  vertical: '|',
  topLeft: '+',
  topRight: '+',
  bottomLeft: '+',
  bottomRight: '+',
  teeDown: '+',
  teeUp: '+',
  ellipsis: '~',
  full: '#',
  empty: '.',
};

/** For screen readers, which would read every line and corner aloud. */
export const silentGlyphs: Glyphs = {
  ...asciiGlyphs,
  horizontal: ' ',
  vertical: ' ',
  topLeft: ' ',
  topRight: ' ',
  bottomLeft: ' ',
  bottomRight: ' ',
  teeDown: ' ',
  teeUp: ' ',
  full: ' ',
  empty: ' ',
};
