import { Box, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import type { Hint } from '../commands/layers.ts';
import { truncate, wrapWords } from '../terminal/display-text.ts';
import type { Glyphs } from '../theme/glyphs.ts';
import { useTheme } from '../theme/theme.ts';
import { KeyHints } from '../widgets/key-hints/key-hints.tsx';
import { Line } from '../widgets/line/line.tsx';
import { Rule } from '../widgets/line/rule.tsx';
import { leftAndRight, type Span } from '../widgets/line/spans.ts';
import type { StatusMessage } from '../widgets/status-line/state.ts';
import { StatusLine } from '../widgets/status-line/status-line.tsx';
import { type ShellLayout, tooSmall } from './shell-layout.ts';

/** A section as the rail shows it. */
export interface RailEntry {
  readonly id: string;
  readonly title: string;
  /** Shown where the title does not fit. */
  readonly abbreviation?: string | undefined;
  /** `!` warning, `*` a run waits, `-` off; a space for nothing. */
  readonly mark?: 'warning' | 'running' | 'off' | undefined;
}

export interface ShellViewProps {
  readonly layout: ShellLayout;
  /** Where the administrator is, the section first. */
  readonly breadcrumb: readonly string[];
  /** At the right of the header: machine, administrator, READ-ONLY. */
  readonly identity: readonly string[];
  readonly sections: readonly RailEntry[];
  readonly activeSection: string;
  /** Below the sections: how many warnings there are. */
  readonly railNote?: string;
  readonly message: StatusMessage | null;
  readonly note?: string;
  readonly hints: readonly Hint[];
  /** Drawn over the middle of the main pane: a dialog, the palette, help. */
  readonly overlay?: ReactNode;
  /** The main pane; it has `layout.mainWidth` by `layout.mainHeight`. */
  readonly children: ReactNode;
}

/** Header, rail, main pane, status line and hints. */
export function ShellView(props: ShellViewProps) {
  const { layout, overlay, children } = props;
  const { columns, rows, hasRail, railWidth, mainWidth, mainHeight } = layout;
  const isSpoken = useIsScreenReaderEnabled();
  const refusal = tooSmall(columns, rows + 1);
  if (refusal !== null) return <TooSmall text={refusal} columns={columns} rows={rows} />;
  if (isSpoken) return <SpokenShell {...props} />;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Header {...props} />
      <Rule width={columns} />
      <Box height={mainHeight} flexShrink={0}>
        {hasRail && <Rail {...props} width={railWidth + 1} height={mainHeight} />}
        <Box width={mainWidth} height={mainHeight} flexDirection="column" overflow="hidden">
          {children}
        </Box>
        {overlay !== undefined && overlay !== null && (
          <Box
            position="absolute"
            width={columns}
            height={mainHeight}
            justifyContent="center"
            alignItems="center"
          >
            {overlay}
          </Box>
        )}
      </Box>
      <Rule width={columns} />
      <StatusLine message={props.message} width={columns} {...(props.note && { note: props.note })} />
      <KeyHints hints={props.hints} width={columns} />
    </Box>
  );
}

/** One line after the other, the present one last but one: what is over a screen instead of it. */
function SpokenShell({ layout, breadcrumb, overlay, children, message, note, hints }: ShellViewProps) {
  const { columns } = layout;
  return (
    <Box flexDirection="column">
      <Line content={breadcrumb.join(', ')} width={columns} />
      {overlay ?? children}
      {message !== null && <StatusLine message={message} width={columns} />}
      {note !== undefined && note !== '' && <Line content={note} width={columns} />}
      <KeyHints hints={hints} width={columns} />
    </Box>
  );
}

function Header({ layout, breadcrumb, identity }: ShellViewProps) {
  const { glyphs } = useTheme();
  const left: Span[] = [
    { text: ' MFA Console  ', token: 'accent' },
    { text: breadcrumb.join(' > '), token: 'heading' },
  ];
  const right: Span[] = identity.map(
    (text): Span => ({ text: `${text}  `, token: isAlarming(text) ? 'warning' : 'dim' }),
  );
  return <Line content={leftAndRight(left, right, layout.columns, glyphs.ellipsis)} width={layout.columns} />;
}

function isAlarming(text: string): boolean {
  return text === 'READ-ONLY' || text.startsWith('! ');
}

interface RailProps extends ShellViewProps {
  readonly width: number;
  readonly height: number;
}

function Rail({ sections, activeSection, railNote = '', width, height }: RailProps) {
  const { glyphs } = useTheme();
  const lines = Array.from({ length: height }, (_, index) => sections[index]);
  const noteLine = railNote === '' ? -1 : sections.length + 1;
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      {lines.map((section, index) => (
        <Line
          key={section?.id ?? `empty ${index}`}
          content={[
            index === noteLine
              ? { text: `  ${railNote}`.padEnd(width - 2), token: 'warning' }
              : {
                  text: railText(section, index, section?.id === activeSection, glyphs, width - 2),
                  token: railToken(section, activeSection),
                },
            { text: ` ${glyphs.vertical}`, token: 'border' },
          ]}
          width={width}
        />
      ))}
    </Box>
  );
}

function railText(
  section: RailEntry | undefined,
  index: number,
  isActive: boolean,
  glyphs: Glyphs,
  width: number,
): string {
  if (section === undefined) return ' '.repeat(width);
  const mark = section.mark === undefined ? '' : ` ${glyphs[section.mark]}`;
  const room = width - 4 - mark.length;
  const fitting = section.title.length <= room ? section.title : (section.abbreviation ?? section.title);
  const title = truncate(fitting, room, glyphs.ellipsis);
  return `${isActive ? glyphs.cursor : ' '} ${index + 1} ${title}${mark}`.padEnd(width);
}

function railToken(section: RailEntry | undefined, active: string): 'heading' | 'warning' | 'text' {
  if (section?.id === active) return 'heading';
  return section?.mark === 'warning' ? 'warning' : 'text';
}

function TooSmall({
  text,
  columns,
  rows,
}: {
  readonly text: string;
  readonly columns: number;
  readonly rows: number;
}) {
  const lines = wrapWords(text, Math.max(1, columns - 1)).slice(0, Math.max(1, rows));
  return (
    <Box flexDirection="column" width={columns} height={Math.max(1, rows)}>
      {lines.map((line) => (
        <Line key={line} content={line} width={columns} />
      ))}
    </Box>
  );
}
