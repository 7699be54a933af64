/** Sizes of the parts of the shell, in columns and lines. */
export interface ShellLayout {
  readonly columns: number;
  /** One line less than the terminal: on Windows a frame of full height is repainted whole, each time. */
  readonly rows: number;
  readonly hasRail: boolean;
  readonly railWidth: number;
  readonly mainWidth: number;
  readonly mainHeight: number;
}

/** The smallest terminal that every screen fits in. */
export const smallest = { columns: 80, rows: 24 };

/** Wide enough for every title where there is room for it, else for its abbreviation with its mark. */
const railWidths = { narrow: 23, wide: 26 };
const wideTerminal = 100;
/** Header and rule above; rule, status and hints below. */
const linesAround = 5;

export interface LayoutWishes {
  /** Of the screen: hides the rail under 100 columns. */
  readonly wantsWidth?: boolean;
  /** Of the administrator, which counts more; null leaves it to the screen. */
  readonly isRailShown?: boolean | null;
}

/** Divides a terminal. */
export function shellLayout(columns: number, rows: number, wishes: LayoutWishes = {}): ShellLayout {
  const hasRail = wishes.isRailShown ?? !(wishes.wantsWidth === true && columns < wideTerminal);
  const railWidth = columns < wideTerminal ? railWidths.narrow : railWidths.wide;
  return {
    columns,
    rows: rows - 1,
    hasRail,
    railWidth: hasRail ? railWidth : 0,
    mainWidth: columns - (hasRail ? railWidth + 1 : 0),
    mainHeight: Math.max(1, rows - 1 - linesAround),
  };
}

/** What a terminal that is too small shows instead; null when it is large enough. */
export function tooSmall(columns: number, rows: number): string | null {
  if (columns >= smallest.columns && rows >= smallest.rows) return null;
  return `MFA Console needs ${smallest.columns}x${smallest.rows}; this terminal is ${columns}x${rows}.`;
}
