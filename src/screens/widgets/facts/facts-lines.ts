import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';
import type { Span } from '../line/spans.ts';

/** Something that is known, under its name. */
export interface Fact {
  /** Empty: it goes on with the fact before. */
  readonly label: string;
  readonly value: string;
  readonly token?: Token;
}

/** With a space behind it. */
const widestLabel = 22;

/** Labels at the left, what they name at the right, over as many lines as it takes. */
export function factsLines(facts: readonly Fact[], width: number, ellipsis: string): readonly Span[][] {
  const labelWidth = Math.min(widestLabel, Math.max(...facts.map(({ label }) => label.length + 2), 8));
  const room = Math.max(1, width - labelWidth - 3);
  return facts.flatMap(({ label, value, token }) =>
    // A value of any length is drawn whole here, so that it is made harmless piece by piece.
    wrapWords(pieces(value).map(displayText).join(''), room).map((text, line): Span[] => [
      { text: `  ${fitColumns(line === 0 ? label : '', labelWidth, ellipsis)}`, token: 'dim' },
      { text, token },
    ]),
  );
}

/** Short enough to be shown whole. */
function pieces(text: string): readonly string[] {
  return text.match(/[\s\S]{1,400}/g) ?? [''];
}
