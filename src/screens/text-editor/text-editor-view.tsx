import { displayText, wrapWords } from '../terminal/display-text.ts';
import { useTheme } from '../theme/theme.ts';
import { Line } from '../widgets/line/line.tsx';
import { Rule } from '../widgets/line/rule.tsx';
import type { TextArea } from '../widgets/text-area/text-area.ts';
import { TextAreaView } from '../widgets/text-area/text-area-view.tsx';
import type { TextProblem } from './text-problem.ts';

export interface TextEditorViewProps {
  readonly area: TextArea;
  readonly problem: TextProblem | null;
  readonly below: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** The text above, what is wrong with it and what is to be known below. */
export function TextEditorView({ area, problem, below, width, height }: TextEditorViewProps) {
  const { glyphs } = useTheme();
  const told = (text: string) => wrapWords(displayText(text), width - 2);
  const problemLines = problem === null ? [] : told(`${glyphs.warning} ${problem.message}`).slice(0, 3);
  const most = Math.floor(height / 2);
  const belowLines = below.flatMap(told).slice(0, most - problemLines.length);
  const room = Math.max(3, height - 1 - problemLines.length - belowLines.length);
  return (
    <>
      <TextAreaView
        area={area}
        width={width}
        height={room}
        isFocused
        highlight={/<\$.*?\$>|\{%.*?%\}/g}
        markedLine={problem?.line ?? null}
      />
      <Rule width={width} />
      {problemLines.map((line) => (
        <Line key={`problem ${line}`} content={` ${line}`} width={width} token="error" />
      ))}
      {belowLines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place.
        <Line key={index} content={` ${line}`} width={width} token="dim" />
      ))}
    </>
  );
}
