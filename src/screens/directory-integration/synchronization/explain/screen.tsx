import type { Explanation } from '../../../../core/sync/explain.ts';
import { bindCommands } from '../../../commands/command.ts';
import type { Screen, ScreenContext } from '../../../shell/screen.ts';
import { useTheme } from '../../../theme/theme.ts';
import { createFactsScroll, type FactsScroll } from '../../../widgets/facts/facts.ts';
import { ScrolledLines } from '../../../widgets/facts/scrolled-lines.tsx';
import { explanationCommands } from './keys.ts';
import { explanationLines } from './lines.ts';

/** Why a user has the settings that they have. @param explainOther asks for another user */
export function openExplanation(
  context: ScreenContext,
  explanation: Explanation,
  explainOther: () => void,
): Screen {
  const scroll = createFactsScroll();
  const own = bindCommands(
    explanationCommands,
    () => null,
    () => {
      context.back();
      explainOther();
    },
  );
  return {
    title: () => explanation.user,
    wantsWidth: true,
    layer: { name: 'explanation', commands: [...own, ...scroll.commands] },
    state: scroll,
    draw: (width, height) => (
      <ExplanationView explanation={explanation} scroll={scroll} width={width} height={height} />
    ),
  };
}

interface ExplanationViewProps {
  readonly explanation: Explanation;
  readonly scroll: FactsScroll;
  readonly width: number;
  readonly height: number;
}

function ExplanationView({ explanation, scroll, width, height }: ExplanationViewProps) {
  const { glyphs } = useTheme();
  const lines = explanationLines(explanation, width, glyphs.ellipsis);
  return <ScrolledLines lines={lines} scroll={scroll} width={width} height={height} />;
}
