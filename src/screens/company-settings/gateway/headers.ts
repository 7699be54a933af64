import type { GatewaySettings } from '../../../core/gateways/gateway-settings.ts';
import type { TextProblem } from '../../text-editor/text-problem.ts';

/** Headers as lines, `Name: value` each. */
export function headerLines(headers: GatewaySettings['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** What lines say; a line that is none is a problem, and left out. */
export function parseHeaders(text: string): {
  readonly headers: Record<string, string>;
  readonly problem: TextProblem | null;
} {
  const headers: Record<string, string> = {};
  let problem: TextProblem | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const colon = line.indexOf(':');
    const [name, value] = [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    const fault = faultOf(name, value, colon, headers);
    if (fault === null) headers[name] = value;
    else problem ??= { message: fault, line: index + 1 };
  }
  return { headers, problem };
}

function faultOf(
  name: string,
  value: string,
  colon: number,
  headers: Readonly<Record<string, string>>,
): string | null {
  if (colon < 1 || name === '') return 'Write a header as "Name: value".';
  if (value === '') return `The header ${name} has no value; leave the line out.`;
  const known = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase());
  return known === undefined ? null : `The header ${known} is there twice.`;
}
