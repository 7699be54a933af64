/** Sizes of the parts of the import screen, in columns and lines. */
export interface ImportLayout {
  readonly placesWidth: number;
  readonly peopleWidth: number;
  /** Of both panes. */
  readonly paneHeight: number;
}

/** Views, a rule, the panes, a rule, whom, how; above them what must be told, where there is something. */
const linesAround = 5;

export function importLayout(width: number, height: number, notices: number): ImportLayout {
  const placesWidth = Math.max(33, Math.min(56, Math.floor(width * 0.4)));
  return {
    placesWidth,
    peopleWidth: width - placesWidth - 1,
    paneHeight: Math.max(3, height - linesAround - notices),
  };
}
