import { MfaError } from '../errors.ts';
import type { GatewayKind, GatewaySettings } from './gateway-settings.ts';

/** Something that keeps settings of a gateway from being saved. */
export interface GatewayProblem {
  readonly setting: keyof GatewaySettings;
  readonly error: MfaError;
  /** In the body, counted from 1; left out where it has no single line. */
  readonly line?: number;
}

/** Headers that belong to the connection and not to the message. */
const ownHeaders = ['host', 'content-length', 'transfer-encoding', 'connection', 'expect', 'upgrade', 'te'];
const secretHeader = /^(proxy-)?authorization$|key|token|secret|password/i;

/** What is wrong with settings apart from their templates; empty when nothing is, also while there is no gateway. */
export function gatewayProblems(kind: GatewayKind, settings: GatewaySettings): readonly GatewayProblem[] {
  const problems: GatewayProblem[] = [];
  const refuse = (setting: keyof GatewaySettings, message: string, advice: string) =>
    problems.push({ setting, error: new MfaError('gateway.invalid', message, { advice }) });
  const { url, headers, values } = settings;
  if (url !== '' && !/^https?:\/\/[^/\s@]+(\/\S*)?$/i.test(url.replace(/<\$[\s\S]*?\$>/g, 'x'))) {
    const advice =
      'Write it like https://gateway.example/send; an account belongs into a header, as a secret.';
    refuse('url', `"${url}" is not the address of a gateway.`, advice);
  }
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || ownHeaders.includes(name.toLowerCase())) {
      refuse('headers', `"${name}" cannot be set as a header.`, 'Leave it out.');
    } else if (/[\r\n]/.test(value)) {
      refuse('headers', `The header ${name} has more than one line.`, 'Write it on one line.');
    } else if (secretHeader.test(name) && !/\bsecret\b/.test(value)) {
      const advice = `Write it like <$secret.token$> and give the secret apart: mfa-console gateway ${kind} set --secret-file token=FILE.`;
      refuse('headers', `The header ${name} holds a secret that everybody would see.`, advice);
    }
  }
  for (const name of Object.keys(values)) {
    if (!/^[a-z]\w*$/.test(name)) {
      refuse(
        'values',
        `"${name}" is not the name of a value.`,
        'Use small letters, digits and _, such as from.',
      );
    }
  }
  for (const setting of ['successPattern', 'failurePattern'] as const) {
    const problem = patternProblem(settings[setting]);
    if (problem !== null)
      refuse(setting, `The ${setting} is no regular expression: ${problem}.`, 'Correct it.');
  }
  if (isPlain(settings) && !settings.acceptsPlain) {
    problems.push({
      setting: 'acceptsPlain',
      error: new MfaError(
        'gateway.plainNotAccepted',
        `Codes and phone numbers would travel to ${url} without encryption.`,
        {
          advice: 'Use https; accept it (--accept-plain) only when nobody can listen on the network.',
        },
      ),
    });
  }
  return problems;
}

/** Whether requests travel without encryption. */
export function isPlain({ url }: Pick<GatewaySettings, 'url'>): boolean {
  return /^http:/i.test(url);
}

function patternProblem(pattern: string | null): string | null {
  if (pattern === null) return null;
  try {
    new RegExp(pattern);
    return null;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^Invalid regular expression: /, '')
      : String(error);
  }
}
