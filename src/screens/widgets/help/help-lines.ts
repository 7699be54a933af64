import type { HelpEntry } from '../../commands/generated-help.ts';
import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Span } from '../line/spans.ts';

const keysWidth = 22;

/** Scope by scope, the keys at the left; what cannot be done now says why, over as many lines as that takes. */
export function helpLines(
  entries: readonly HelpEntry[],
  width: number,
  ellipsis: string,
): readonly (readonly Span[])[] {
  const byScope = Map.groupBy(entries, ({ scope }) => scope);
  return [...byScope].flatMap(([heading, some]): Span[][] => [
    [{ text: heading, token: 'heading' }],
    ...some.flatMap((entry) => entryLines(entry, width, ellipsis)),
  ]);
}

function entryLines({ keys, title, reason }: HelpEntry, width: number, ellipsis: string): Span[][] {
  const text = reason === null ? title : `${title} (${reason})`;
  return wrapWords(displayText(text), Math.max(8, width - keysWidth - 1)).map((part, line) => [
    {
      text: `${fitColumns(line === 0 ? `  ${keys}` : '', keysWidth, ellipsis)} `,
      token: reason === null ? 'accent' : 'disabled',
    },
    { text: part, token: reason === null ? 'text' : 'disabled' },
  ]);
}
