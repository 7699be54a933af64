import type { ConnectionCheck } from '../../../core/directory/directory-connection.ts';
import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Glyphs } from '../../theme/glyphs.ts';
import type { Token } from '../../theme/style.ts';
import type { Span } from '../../widgets/line/spans.ts';
import { type DoctorState, type Verdict, verdictOf } from './state.ts';

export interface DoctorLine {
  readonly spans: readonly Span[];
  /** Index of the check that it belongs to; -1 for headings. */
  readonly check: number;
}

const words: Record<Verdict, string> = { ok: 'ok', note: 'note', failed: 'FAIL', skipped: '-' };
const tokens: Record<Verdict, Token> = { ok: 'ok', note: 'warning', failed: 'error', skipped: 'dim' };

/** Cursor, verdict and the gaps behind them. */
const leadWidth = 8;
const stepWidth = 23;

/** A line for each check; whole, with what to do, where something is wrong and under the cursor. */
export function doctorLines(state: DoctorState, width: number, glyphs: Glyphs): readonly DoctorLine[] {
  return state.checks.flatMap((check, index) => {
    const before = state.checks[index - 1];
    const isNewServer = check.server !== null && check.server !== before?.server;
    const heading: DoctorLine = { spans: [{ text: ` ${check.server}`, token: 'heading' }], check: -1 };
    return [...(isNewServer ? [heading] : []), ...checkLines(check, index, state.cursor, width, glyphs)];
  });
}

function checkLines(
  check: ConnectionCheck,
  index: number,
  cursor: number,
  width: number,
  glyphs: Glyphs,
): readonly DoctorLine[] {
  const verdict = verdictOf(check);
  const isAt = index === cursor;
  const room = Math.max(8, width - leadWidth - stepWidth - 1);
  const isWhole = isAt || verdict === 'failed' || verdict === 'note';
  const message = displayText(check.message);
  const texts = isWhole ? wrapWords(message, room) : [message];
  const advice = isWhole && check.advice !== null ? wrapWords(displayText(check.advice), room) : [];
  const indent = { text: ' '.repeat(leadWidth + stepWidth) };
  const lead: readonly Span[] = [
    { text: isAt ? `${glyphs.cursor} ` : '  ', token: 'accent' },
    { text: words[verdict].padEnd(leadWidth - 2), token: tokens[verdict] },
    { text: fitColumns(check.step, stepWidth, glyphs.ellipsis), token: isAt ? 'heading' : 'text' },
  ];
  const token = verdict === 'failed' ? 'error' : verdict === 'skipped' ? 'dim' : 'text';
  return [
    ...texts.map((text, line) => [...(line === 0 ? lead : [indent]), { text, token } satisfies Span]),
    ...advice.map((text): Span[] => [indent, { text, token: 'accent' }]),
  ].map((spans) => ({ spans, check: index }));
}

/** The lines that fit, all of the check under the cursor among them. */
export function seenLines(
  lines: readonly DoctorLine[],
  cursor: number,
  height: number,
): readonly DoctorLine[] {
  const last = lines.findLastIndex(({ check }) => check === cursor);
  const first = lines.findIndex(({ check }) => check === cursor);
  const top = Math.max(0, Math.min(first, last - height + 1 + Math.floor(height / 3)));
  return lines.slice(Math.min(top, Math.max(0, lines.length - height))).slice(0, height);
}
