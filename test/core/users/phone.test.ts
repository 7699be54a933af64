import fc from 'fast-check';
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples' with { type: 'json' };
import { describe, expect, it, test } from 'vitest';
import { isMfaError } from '../../../src/core/errors.ts';
import { isExtension, parsePhone, requirePhone } from '../../../src/core/users/phone.ts';

describe('reading phone numbers', () => {
  test.each([
    ['(425) 555-0123', 'US', '+14255550123', null],
    ['+1 425 555 0123', 'DE', '+14255550123', null],
    ['425.555.0123 x890', 'US', '+14255550123', '890'],
    ['425-555-0123 ext. 890', 'US', '+14255550123', '890'],
    ['+14255550123x1,,2*#', 'US', '+14255550123', '1,,2*#'],
    ['+14255550123 Extension 7', 'US', '+14255550123', '7'],
    ['030 901820', 'DE', '+4930901820', null],
    ['+49 (0)30 901820', 'US', '+4930901820', null],
    ['0044 20 7946 0958', 'DE', '+442079460958', null],
    ['  020 7946 0958 ', 'GB', '+442079460958', null],
  ])('reads %j in %s', (text, country, phone, extension) => {
    expect(parsePhone(text, country)).toEqual({ phone, extension });
  });

  test.each([
    ['', 'is not a phone number'],
    ['none', 'is not a phone number'],
    ['call +14255550123', 'is not a phone number'],
    ['555-0123 or 555-0124', 'is not a phone number'],
    ['1', 'is too short'],
    ['+1425', 'is not a number that calling code +1 has given out'],
    ['+9991234567', 'has no known country code'],
    ['425-555-01234567', 'is not a number that US has given out'],
    ['+1 425 555 0123 \u0000', 'is not a phone number'],
    ['9'.repeat(300), 'is too long'],
  ])('says what is wrong with %j', (text, problem) => {
    expect(parsePhone(text, 'US')).toEqual({ problem });
  });

  it('names the number in the error, shortened', () => {
    let caught: unknown;
    try {
      requirePhone(`12${'x'.repeat(10_000)}`, 'US');
    } catch (error) {
      caught = error;
    }
    expect(isMfaError(caught, 'phone.invalid')).toBe(true);
    expect(String(caught).length).toBeLessThan(200);
  });

  test.each([
    ['890', true],
    [',,1*2#', true],
    ['', false],
    ['12a', false],
    ['1'.repeat(41), false],
  ])('takes %j as an extension: %s', (text, expected) => {
    expect(isExtension(text)).toBe(expected);
  });
});

describe('the quick way for international numbers', () => {
  const countries = getCountries();

  /** Numbers near valid ones: an example of the country with its last digits replaced, cut or lengthened. */
  const numberNearExample = fc
    .record({
      country: fc.constantFrom(...countries),
      kept: fc.integer({ min: 0, max: 12 }),
      tail: fc.stringMatching(/^\d{0,9}$/),
      sameLength: fc.boolean(),
      separator: fc.constantFrom('', ' ', '-', '.', ' (', ') '),
    })
    .map(({ country, kept, tail, sameLength, separator }) => {
      const example = String(getExampleNumber(country, examples)?.nationalNumber ?? '2125550123');
      const changed =
        example.slice(0, kept) +
        (sameLength ? tail.padEnd(9, '7').slice(0, Math.max(0, example.length - kept)) : tail);
      const half = Math.ceil(changed.length / 2);
      const code = getCountryCallingCode(country);
      return `+${code} ${changed.slice(0, half)}${separator}${changed.slice(half)}`.trim();
    });
  const anyNumber = fc
    .tuple(fc.constantFrom(...countries), fc.stringMatching(/^\d{4,13}$/))
    .map(([country, digits]) => `+${getCountryCallingCode(country)}${digits}`);

  function libraryAnswer(text: string, defaultCountry: CountryCode): string | undefined {
    const number = parsePhoneNumberFromString(text, { defaultCountry, extract: false });
    return number?.isValid() ? number.number : undefined;
  }

  function ourAnswer(text: string, defaultCountry: string): string | undefined {
    const parsed = parsePhone(text, defaultCountry);
    return 'problem' in parsed ? undefined : parsed.phone;
  }

  it('gives the answer of the library for numbers of all countries, valid and not', () => {
    let valid = 0;
    fc.assert(
      fc.property(
        fc.oneof({ arbitrary: numberNearExample, weight: 3 }, anyNumber),
        fc.constantFrom(...countries),
        (text, country) => {
          const expected = libraryAnswer(text, country);
          if (expected !== undefined) valid += 1;
          return ourAnswer(text, country) === expected;
        },
      ),
      { numRuns: 30_000 },
    );
    expect(valid).toBeGreaterThan(3_000);
  });

  it('knows an example of every country', () => {
    const wrong = countries.filter((country) => {
      const number = getExampleNumber(country, examples)?.number;
      return number !== undefined && ourAnswer(number, 'US') !== libraryAnswer(number, 'US');
    });
    expect(wrong).toEqual([]);
  });
});
