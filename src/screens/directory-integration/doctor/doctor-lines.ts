import type { ConnectionCheck } from '../../../core/directory/directory-connection.ts';
import { displayText, fitColumns, wrapWords } from '../../terminal/display-text.ts';
import type { Glyphs } from '../../theme/glyphs.ts';
import type { Token } from '../../theme/style.ts';
import { seenLines } from '../../widgets/line/more-lines.ts';
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

/**
 * Each check whole where all of them fit; else a line for each, and whole, with what to do, where something is wrong
 * and under the cursor.
 */
export function doctorLines(
  state: DoctorState,
  width: number,
  height: number,
  glyphs: Glyphs,
): readonly DoctorLine[] {
  const whole = linesOf(state, width, glyphs, () => true);
  if (whole.length <= height) return whole;
  const matters = (check: ConnectionCheck, index: number) =>
    index === state.cursor || ['failed', 'note'].includes(verdictOf(check));
  return linesOf(state, width, glyphs, matters);
}

function linesOf(
  state: DoctorState,
  width: number,
  glyphs: Glyphs,
  isWhole: (check: ConnectionCheck, index: number) => boolean,
): readonly DoctorLine[] {
  return state.checks.flatMap((check, index) => {
    const before = state.checks[index - 1];
    const isNewServer = check.server !== null && check.server !== before?.server;
    const heading: DoctorLine = { spans: [{ text: ` ${check.server}`, token: 'heading' }], check: -1 };
    const lines = checkLines(check, index === state.cursor, isWhole(check, index), width, glyphs);
    return [...(isNewServer ? [heading] : []), ...lines.map((spans) => ({ spans, check: index }))];
  });
}

function checkLines(
  check: ConnectionCheck,
  isAt: boolean,
  isWhole: boolean,
  width: number,
  glyphs: Glyphs,
): readonly (readonly Span[])[] {
  const verdict = verdictOf(check);
  const room = Math.max(8, width - leadWidth - stepWidth - 1);
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
  ];
}

/** What fits of them, all of the check under the cursor and what is next to it. */
export function seenChecks(
  lines: readonly DoctorLine[],
  cursor: number,
  height: number,
  glyphs: Glyphs,
): readonly (readonly Span[])[] {
  const first = lines.findIndex(({ check }) => check === cursor);
  const last = lines.findLastIndex(({ check }) => check === cursor);
  const top = Math.min(first - 1, last - height + 1 + Math.floor(height / 3));
  const all = lines.map(({ spans }) => spans);
  return seenLines(all, top, height, glyphs);
}
