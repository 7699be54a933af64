import type { PartDifference } from '../../../core/email/templates/compare-templates.ts';
import { templatePartNames } from '../../../core/email/templates/template-source.ts';
import type { DiffLine } from '../../../core/line-diff.ts';
import type { Screen } from '../../shell/screen.ts';
import { displayText, wrapWords } from '../../terminal/display-text.ts';
import type { Token } from '../../theme/style.ts';
import { createFactsScroll } from '../../widgets/facts/facts.ts';
import { ScrolledLines } from '../../widgets/facts/scrolled-lines.tsx';
import type { Span } from '../../widgets/line/spans.ts';

const signs: Record<DiffLine['kind'], string> = { same: '  ', removed: '- ', added: '+ ' };
const tokens: Record<DiffLine['kind'], Token> = { same: 'dim', removed: 'error', added: 'ok' };

/** Part by part, what only the built-in template says and what only the edited one does. */
export function openComparison(differences: readonly PartDifference[]): Screen {
  const scroll = createFactsScroll();
  return {
    title: () => 'Compare',
    wantsWidth: true,
    layer: { name: 'comparison of templates', commands: scroll.commands },
    state: scroll,
    draw: (width, height) => (
      <ScrolledLines
        lines={differenceLines(differences, width)}
        scroll={scroll}
        width={width}
        height={height}
      />
    ),
  };
}

export function differenceLines(
  differences: readonly PartDifference[],
  width: number,
): readonly (readonly Span[])[] {
  const parts = differences.map(({ part, lines }): Span[][] => [
    [{ text: ` ${templatePartNames[part]}`, token: 'heading' }],
    ...lines.flatMap((line) => signedLines(line, width - 3)),
  ]);
  const legend: Span[][] = [
    [
      { text: ' - ', token: 'error' },
      { text: 'only the built-in template   ' },
      { text: '+ ', token: 'ok' },
      { text: 'only the edited one' },
    ],
  ];
  return [...legend, ...parts.flatMap((lines) => [[], ...lines])];
}

function signedLines({ kind, text }: DiffLine, width: number): Span[][] {
  const pieces = text.replaceAll('\t', '    ').match(/[\s\S]{1,400}/g) ?? [''];
  return wrapWords(pieces.map(displayText).join(''), Math.max(1, width)).map((line, index) => [
    { text: ` ${index === 0 ? signs[kind] : '  '}${line}`, token: tokens[kind] },
  ]);
}
