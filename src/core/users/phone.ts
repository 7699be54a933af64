import {
  type CountryCode,
  isSupportedCountry,
  ParseError,
  parsePhoneNumberWithError,
} from 'libphonenumber-js/min';
import { MfaError } from '../errors.ts';
import { callingCodeOf, isKnownGood } from './phone-plans.ts';

export interface ParsedPhone {
  /** E.164, such as `+14255550123`. */
  phone: string;
  /** What stood after `x` or `ext.`: digits, `,` (a pause of one second), `*`, `#`. */
  extension: string | null;
}

/** Why a text is no phone number, as the end of a sentence: "is too short". */
export interface PhoneProblem {
  problem: string;
}

/**
 * Reads a phone number as people and directories write it: `(425) 555-0123 x890`, `+44 20 7946 0958`.
 * @param defaultCountry ISO 3166 country of numbers without `+`, such as `US`
 */
export function parsePhone(text: string, defaultCountry: string): ParsedPhone | PhoneProblem {
  const trimmed = text.trim();
  const split = withExtension.exec(trimmed);
  const number = split?.[1] ?? trimmed;
  const extension = split?.[2] ?? null;
  const phone = quickInternational(number) ?? parseWithLibrary(number, defaultCountry);
  return typeof phone === 'string' ? { phone, extension } : phone;
}

/** As {@link parsePhone}. @param field the input field that it stands in @throws {MfaError} `phone.invalid` */
export function requirePhone(text: string, defaultCountry: string, field = 'phone'): ParsedPhone {
  const parsed = parsePhone(text, defaultCountry);
  if ('problem' in parsed) throw phoneInvalid(text, parsed.problem, field);
  return parsed;
}

export function phoneInvalid(text: string, problem: string, field = 'phone'): MfaError {
  return new MfaError('phone.invalid', `The phone number "${shorten(text)}" ${problem}.`, {
    advice: 'Write it as +14255550123 or in the form of the default country, with x890 for an extension.',
    fields: { [field]: problem },
  });
}

/** Digits, `,`, `*` and `#`, at most 40. */
export function isExtension(text: string): boolean {
  return /^[\d,*#]{1,40}$/.test(text);
}

export function isCountry(text: string): text is CountryCode {
  return isSupportedCountry(text);
}

const withExtension = /^(.*\S)\s*(?:x|ext\.?|extension)\s*([\d,*#]{1,40})$/i;
const plainInternational = /^\+[1-9](?:[ ().-]{0,3}\d){6,16}$/;
const separators = /[ ().-]/g;

/** The number when it stands in plain international form and is valid; else the library decides. */
function quickInternational(text: string): string | undefined {
  if (!plainInternational.test(text)) return undefined;
  const digits = text.slice(1).replace(separators, '');
  const callingCode = callingCodeOf(digits);
  if (callingCode === undefined) return undefined;
  return isKnownGood(callingCode, digits.slice(callingCode.length)) ? `+${digits}` : undefined;
}

function parseWithLibrary(text: string, defaultCountry: string): string | PhoneProblem {
  try {
    const options = isCountry(defaultCountry) ? { defaultCountry, extract: false } : { extract: false };
    const number = parsePhoneNumberWithError(text, options);
    if (number.isValid()) return number.number;
    const place = number.country ?? `calling code +${number.countryCallingCode}`;
    return { problem: `is not a number that ${place} has given out` };
  } catch (error) {
    if (error instanceof ParseError) return { problem: problems[error.message] ?? 'cannot be read' };
    throw error;
  }
}

const problems: Record<string, string> = {
  NOT_A_NUMBER: 'is not a phone number',
  TOO_SHORT: 'is too short',
  TOO_LONG: 'is too long',
  INVALID_COUNTRY: 'has no known country code',
};

/** A text from outside, short enough to be quoted in a sentence. */
export function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}...`;
}
