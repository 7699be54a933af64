import type { GatewaySettings } from '../gateway-settings.ts';
import { buildRequest, type GatewayRequest } from './build-request.ts';
import { encoders } from './encodings.ts';
import type { RequestValues } from './request-values.ts';

const hidden = '***';

/** The request as it may be shown: whatever is made of a secret is hidden. */
export function shownRequest(settings: GatewaySettings, values: RequestValues): GatewayRequest {
  const secret = Object.fromEntries(Object.keys(values.secret).map((name) => [name, hidden]));
  const hide = (source: string) => source.replace(/<\$(?:(?!\$>)[\s\S])*\bsecret\b[\s\S]*?\$>/g, hidden);
  const shown = {
    ...settings,
    url: hide(settings.url),
    body: hide(settings.body),
    headers: Object.fromEntries(Object.entries(settings.headers).map(([name, value]) => [name, hide(value)])),
  };
  return buildRequest(shown, { ...values, secret });
}

/**
 * Hides in what a gateway says the secrets that it was given, in every way in which they may be written, and what
 * was made of them in headers.
 */
export function secretsHider(
  request: GatewayRequest,
  shown: GatewayRequest,
  values: RequestValues,
): (text: string) => string {
  const written = Object.values(values.secret).flatMap((secret) => [
    secret,
    Buffer.from(secret).toString('base64'),
    ...Object.values(encoders).map((encode) => encode(secret)),
  ]);
  const shownWords = new Set(shown.headers.flatMap(([, value]) => value.split(/\s+/)));
  const words = request.headers.flatMap(([, value]) => value.split(/\s+/));
  const texts = [...written, ...words.filter((word) => !shownWords.has(word))].filter((text) => text !== '');
  // The longest first: one may be a part of another.
  const byLength = [...new Set(texts)].toSorted((a, b) => b.length - a.length);
  return (text) => byLength.reduce((result, secret) => result.replaceAll(secret, hidden), text);
}
