import { escapeMarkup } from '../../liquid/liquid-engine.ts';
import type { BodyFormat } from '../gateway-settings.ts';

/** Where in a request a value is put in. */
export type Encoding = BodyFormat | 'url' | 'header';

/** Control characters that XML 1.0 has no way to write (2.2 Char). */
const notInXml = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

/** How a value is written there, so that it stays a value and adds nothing to the request. */
export const encoders: Record<Encoding, (value: string) => string> = {
  /** Inside the quotes that the template has. */
  json: (value) => JSON.stringify(value).slice(1, -1),
  form: percentEncode,
  xml: (value) => escapeMarkup(value.replace(notInXml, ' ')),
  text: (value) => value,
  // A part of the path that is dots alone would lead to another address.
  url: (value) => (/^\.+$/.test(value) ? '' : percentEncode(value)),
  header: (value) => value.replace(/[^\x20-\x7e]/g, '?'),
};

/** Everything but the unreserved signs of RFC 3986 2.3. */
function percentEncode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
