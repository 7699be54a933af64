import type { Explanation } from '../../../../core/sync/explain.ts';
import { displayText, fitColumns, wrapWords } from '../../../terminal/display-text.ts';
import { labelOf, valueText } from '../../../users/field-text.ts';
import { type Span, spansWidth } from '../../../widgets/line/spans.ts';

type Item = Explanation['items'][number];

const labelWidth = 22;

/** The items in their order with what they say of the user, and each value with where it comes from. */
export function explanationLines(
  explanation: Explanation,
  width: number,
  ellipsis: string,
): readonly Span[][] {
  const { items, fields } = explanation;
  const values = Object.entries(fields);
  const nameWidth = Math.max(labelWidth, Math.min(48, width - 42));
  return [
    ...wrapWords(standing(explanation), width - 2).map((text): Span[] => [
      { text: ` ${text}`, token: 'heading' },
    ]),
    [],
    [{ text: ' Items', token: 'heading' }],
    ...(items.length === 0 ? [[{ text: '  There are none yet.', token: 'dim' as const }]] : []),
    ...items.flatMap((one, index): Span[][] => [
      [
        { text: `  ${fitColumns(`${index + 1}  ${displayText(one.name)}`, nameWidth, ellipsis)}  ` },
        matchSpan(one),
      ],
      ...wrapWords(displayText(one.problem ?? ''), width - 8)
        .filter((text) => text !== '')
        .map((text): Span[] => [{ text: `     ${text}`, token: 'warning' }]),
    ]),
    [],
    [{ text: ' Values', token: 'heading' }],
    ...(values.length === 0 ? [[{ text: '  None: no item finds the user.', token: 'dim' as const }]] : []),
    ...values.flatMap(([name, { value, from }]) =>
      fieldLines(labelOf(name), valueText(name, value), from, width, ellipsis),
    ),
  ];
}

function standing({ user, item, items, isUser, isInDirectory }: Explanation): string {
  const winner = items.find(({ wins }) => wins)?.name;
  if (!isUser && winner === undefined) return `${user} is no user here, and no item finds them.`;
  if (!isUser) return `${user} is no user here yet; "${winner}" finds them.`;
  const belongs = `${user} belongs to ${item === null ? 'no item' : `"${item}"`}.`;
  return isInDirectory ? belongs : `${belongs} The directory does not show them.`;
}

function matchSpan({ matches, wins, enabled, problem }: Item): Span {
  if (problem !== null) return { text: 'cannot be asked', token: 'warning' };
  if (wins) return { text: 'finds the user, and wins', token: 'ok' };
  if (!matches) return { text: 'does not find the user', token: 'dim' };
  if (!enabled) return { text: 'finds the user, but is switched off', token: 'disabled' };
  return { text: 'finds the user, but one before it wins' };
}

/** The source stands behind the value, or below it where there is no room. */
function fieldLines(label: string, value: string, from: string, width: number, ellipsis: string): Span[][] {
  const room = Math.max(10, width - labelWidth - 5);
  const [first = '', ...rest] = wrapWords(displayText(value), room);
  const head: Span[] = [
    { text: `  ${fitColumns(label, labelWidth, ellipsis)}  `, token: 'dim' },
    { text: first },
  ];
  const source = displayText(from);
  const indent = ' '.repeat(labelWidth + 4);
  if (rest.length === 0 && spansWidth(head) + source.length + 3 < width) {
    return [[...head, { text: `  (${source})`, token: 'dim' }]];
  }
  const below = wrapWords(source, room - 2).map((text): Span[] => [
    { text: indent },
    { text: `  ${text}`, token: 'dim' },
  ]);
  return [head, ...rest.map((text): Span[] => [{ text: indent }, { text }]), ...below];
}
