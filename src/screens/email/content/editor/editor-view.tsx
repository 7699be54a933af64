import { Box } from 'ink';
import { attachmentText, maximumAttachmentsSize } from '../../../../core/email/attachment.ts';
import type { TemplateProblem } from '../../../../core/email/templates/check-template.ts';
import {
  type TemplatePart,
  templatePartNames,
  templateParts,
} from '../../../../core/email/templates/template-source.ts';
import { displayText, wrapWords } from '../../../terminal/display-text.ts';
import { useTheme } from '../../../theme/theme.ts';
import type { FactsScroll } from '../../../widgets/facts/facts.ts';
import { ScrolledLines } from '../../../widgets/facts/scrolled-lines.tsx';
import { Line } from '../../../widgets/line/line.tsx';
import { Rule } from '../../../widgets/line/rule.tsx';
import type { Span } from '../../../widgets/line/spans.ts';
import { VerticalRule } from '../../../widgets/line/vertical-rule.tsx';
import { TextAreaView } from '../../../widgets/text-area/text-area-view.tsx';
import { focusedArea, type HtmlKind, type TemplateEditorState } from './state.ts';

export interface TemplateEditorViewProps {
  readonly state: TemplateEditorState;
  readonly changed: readonly TemplatePart[];
  readonly problems: readonly TemplateProblem[];
  /** The mail in lines of a width. */
  preview(width: number): readonly (readonly Span[])[];
  readonly scroll: FactsScroll;
  readonly isPreviewShown: boolean;
  readonly width: number;
  readonly height: number;
}

/** Whether the mail has room beside its text. */
export function isWideEnough(width: number): boolean {
  return width >= 90;
}

/** The parts above, the one with the focus below, the mail beside it or under it. */
export function TemplateEditorView(props: TemplateEditorViewProps) {
  const { state, problems, preview, scroll, isPreviewShown, width, height } = props;
  const below = height - templateParts.length - 1;
  if (!isPreviewShown) {
    return (
      <>
        <Parts {...props} />
        <Rule width={width} />
        <PartView state={state} problems={problems} width={width} height={below} />
      </>
    );
  }
  if (isWideEnough(width)) {
    const partWidth = Math.floor(width / 2);
    const mailWidth = width - partWidth - 2;
    return (
      <>
        <Parts {...props} />
        <Rule width={width} />
        <Box height={below} flexShrink={0}>
          <Box width={partWidth} height={below} flexDirection="column" overflow="hidden">
            <PartView state={state} problems={problems} width={partWidth} height={below} />
          </Box>
          <VerticalRule height={below} />
          <Box width={mailWidth + 1} height={below} paddingLeft={1} overflow="hidden">
            <ScrolledLines lines={preview(mailWidth)} scroll={scroll} width={mailWidth} height={below} />
          </Box>
        </Box>
      </>
    );
  }
  const partHeight = Math.max(3, Math.floor((below - 1) / 2));
  return (
    <>
      <Parts {...props} />
      <Rule width={width} />
      <PartView state={state} problems={problems} width={width} height={partHeight} />
      <Rule width={width} title="Mail" />
      <ScrolledLines lines={preview(width)} scroll={scroll} width={width} height={below - partHeight - 1} />
    </>
  );
}

const htmlTexts: Record<HtmlKind, string> = {
  fromText: 'made from the plain text',
  none: 'none: the plain text is sent alone',
  own: 'its own',
};

/** What each part says on one line. */
function Parts({ state, changed, problems, width }: TemplateEditorViewProps) {
  const { glyphs } = useTheme();
  return templateParts.map((part) => {
    const isFocused = part === state.focus;
    const hasProblem = problems.some((problem) => problem.part === part);
    const name = templatePartNames[part].replace(/^./, (letter) => letter.toUpperCase());
    const spans: Span[] = [
      { text: isFocused ? `${glyphs.cursor} ` : '  ', token: isFocused ? 'heading' : 'text' },
      { text: hasProblem ? `${glyphs.warning} ` : changed.includes(part) ? '* ' : '  ', token: 'warning' },
      { text: name.padEnd(12), token: isFocused ? 'heading' : 'dim' },
      { text: summaryOf(state, part) },
    ];
    return <Line key={part} content={spans} width={width} />;
  });
}

function summaryOf({ areas, attachments, htmlKind }: TemplateEditorState, part: TemplatePart): string {
  if (part === 'attachments') return attachments.map(attachmentText).join(', ') || '-';
  const { lines } = areas[part].get();
  if (part === 'html' && htmlKind !== 'own') return htmlTexts[htmlKind];
  if (part === 'subject') return lines[0] ?? '';
  if (part === 'cc') return lines.filter((line) => line.trim() !== '').join(', ') || '-';
  const count = `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`;
  return part === 'html' ? `${htmlTexts.own}, ${count}` : count;
}

const mostProblemLines = 3;
const mostText = `At most ${Math.round(maximumAttachmentsSize / 1_000_000)} MB`;

/** The part with the focus, and what is wrong with it. */
function PartView({
  state,
  problems,
  width,
  height,
}: Pick<TemplateEditorViewProps, 'state' | 'problems' | 'width' | 'height'>) {
  const { glyphs } = useTheme();
  const { focus, attachments, isEditing, htmlKind } = state;
  const area = focusedArea(state);
  const problem = problems.find(({ part }) => part === focus);
  const text = problem === undefined ? helpOf(focus, htmlKind) : `${glyphs.warning} ${problem.message}`;
  const advice = problem?.advice ?? '';
  const lines = wrapWords(displayText(`${text} ${advice}`.trim()), width - 2).slice(0, mostProblemLines);
  const shown = text === '' ? [] : lines;
  const room = Math.max(1, height - shown.length);
  return (
    <>
      {area !== undefined ? (
        <TextAreaView
          key={focus}
          area={area}
          width={width}
          height={room}
          isFocused={isEditing}
          highlight={/<\$.*?\$>|\{%.*?%\}/g}
          markedLine={problem?.place?.line ?? null}
        />
      ) : (
        <Box height={room} flexDirection="column" overflow="hidden">
          {focus === 'attachments' &&
            attachments.map((one) => (
              <Line key={one.name} content={`  ${attachmentText(one)}`} width={width} />
            ))}
        </Box>
      )}
      {shown.map((line) => (
        <Line key={line} content={` ${line}`} width={width} token={problem === undefined ? 'dim' : 'error'} />
      ))}
    </>
  );
}

function helpOf(part: TemplatePart, htmlKind: HtmlKind): string {
  if (part === 'cc') return 'Who gets a copy of every such mail, an address in each line.';
  if (part === 'attachments') return `Enter attaches a file, - takes one away. ${mostText} together.`;
  if (part !== 'html' || htmlKind === 'own') return '';
  return htmlKind === 'fromText'
    ? 'The HTML has the paragraphs and lists of the plain text. Enter or Ctrl+T gives it a text of its own.'
    : 'Enter or Ctrl+T makes HTML from the plain text, or gives it a text of its own.';
}
