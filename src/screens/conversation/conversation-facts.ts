import type { Token } from '../theme/style.ts';
import type { Fact } from '../widgets/facts/facts-lines.ts';

/** How an attempt with a server ended, and what was said. */
export interface Conversation {
  /** What was tried. */
  readonly subject: string;
  /** What became of it. */
  readonly result: string;
  /** What to do about a failure; null when there was none. */
  readonly advice: string | null;
  readonly isFailure: boolean;
  /** Lines that were sent begin with `> `, lines that came with `< `, what we say to it with `* `. */
  readonly lines: readonly string[];
}

const speakers: Readonly<Record<string, { readonly label: string; readonly token: Token }>> = {
  '> ': { label: 'sent', token: 'text' },
  '< ': { label: 'answer', token: 'accent' },
  '* ': { label: 'note', token: 'warning' },
};

/** The end first, because that is what somebody looks for; then every line in its order. */
export function conversationFacts({
  subject,
  result,
  advice,
  isFailure,
  lines,
}: Conversation): readonly Fact[] {
  const said = lines.map((line, index): Fact => {
    const [mark, text] = [line.slice(0, 2), line.slice(2)];
    const isNew = mark !== lines[index - 1]?.slice(0, 2);
    const { label, token } = speakers[mark] ?? { label: '', token: 'dim' };
    return { label: isNew ? label : '', value: text, token };
  });
  return [
    { label: 'Tried', value: subject },
    { label: 'Result', value: result, token: isFailure ? 'error' : 'ok' },
    ...(advice === null ? [] : [{ label: 'What to do', value: advice, token: 'accent' as const }]),
    { label: '', value: '' },
    ...(said.length > 0 ? said : [{ label: 'Conversation', value: 'Nothing was said.' }]),
  ];
}
