/** What is wrong with a text. */
export interface TextProblem {
  /** A sentence. */
  readonly message: string;
  /** Counted from 1; null where it has no single line. */
  readonly line: number | null;
}
