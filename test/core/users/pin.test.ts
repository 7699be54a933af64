import { randomInt } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { generatePin, hashPin, isOneOf, pinProblem, verifyPin } from '../../../src/core/users/pin.ts';

const rules = { pinMinimumLength: 4, preventWeakPins: true, pinHistory: 5 };
const phones = ['+14255550123', null];

describe('PIN rules', () => {
  test.each([
    ['1793', undefined],
    ['17931', undefined],
    ['179', 'must have at least 4 digits'],
    ['', 'may consist of digits only'],
    ['17a3', 'may consist of digits only'],
    ['١٧٩٣', 'may consist of digits only'],
    ['1793\n', 'may consist of digits only'],
    ['179317931793179317931', 'must have at most 20 digits'],
    ['1239', 'may not contain three digits in sequence'],
    ['9321', 'may not contain three digits in sequence'],
    ['1359', undefined],
    ['8901', undefined],
    ['9014', undefined],
    ['7111', 'may not repeat a digit three times'],
    ['7117', undefined],
    ['5501', "may not contain four digits of the user's own phone number"],
    ['9425593', "may not contain four digits of the user's own phone number"],
  ])('answers %j with %j', (pin, problem) => {
    expect(pinProblem(pin, rules, phones)).toBe(problem);
  });

  it('allows weak PINs when the company does', () => {
    expect(pinProblem('1111', { ...rules, preventWeakPins: false }, phones)).toBeUndefined();
  });

  it('generates PINs that keep the rules', () => {
    for (let index = 0; index < 500; index += 1) {
      const pin = generatePin({ ...rules, pinMinimumLength: 5 }, phones, randomInt);
      expect(pin).toHaveLength(5);
      expect(pinProblem(pin, { ...rules, pinMinimumLength: 5 }, phones)).toBeUndefined();
    }
  });

  it('draws again when the first PIN is weak', () => {
    const digits = [1, 1, 1, 1, 1, 7, 9, 3];
    expect(generatePin(rules, [], () => digits.shift() ?? 0)).toBe('1793');
  });
});

describe('PIN hashes', () => {
  it('are argon2id PHC strings that verify, each with its own salt', async () => {
    const [one, other] = await Promise.all([hashPin('1793'), hashPin('1793')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await verifyPin('1793', one)).toBe(true);
    expect(await verifyPin('1794', one)).toBe(false);
    expect(await isOneOf('1793', [await hashPin('2846'), other])).toBe(true);
    expect(await isOneOf('1793', [])).toBe(false);
  });

  it('verify with the cost that they were made with', async () => {
    const cheap = '$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$';
    expect(await verifyPin('1793', `${cheap}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA`)).toBe(false);
  });

  test.each(['', 'plain', '$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA'])(
    'never match %j',
    async (phc) => {
      expect(await verifyPin('1793', phc)).toBe(false);
    },
  );
});
