import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MfaError } from '../errors.ts';
import type { CompanySettings } from '../settings/company-settings.ts';

export type PinRules = Pick<CompanySettings, 'pinMinimumLength' | 'preventWeakPins' | 'pinHistory'>;

const longestPin = 20;

/**
 * Why a PIN may not be used, as the end of a sentence; undefined when it may.
 * @param phones of the user, E.164; a PIN may not contain four digits in a row of one
 */
export function pinProblem(
  pin: string,
  rules: PinRules,
  phones: readonly (string | null)[],
): string | undefined {
  if (!/^[0-9]+$/.test(pin)) return 'may consist of digits only';
  if (pin.length < rules.pinMinimumLength) return `must have at least ${rules.pinMinimumLength} digits`;
  if (pin.length > longestPin) return `must have at most ${longestPin} digits`;
  if (!rules.preventWeakPins) return undefined;
  for (let index = 2; index < pin.length; index += 1) {
    const step = digit(pin, index) - digit(pin, index - 1);
    if (step !== digit(pin, index - 1) - digit(pin, index - 2)) continue;
    if (step === 0) return 'may not repeat a digit three times';
    if (step === 1 || step === -1) return 'may not contain three digits in sequence';
  }
  for (const phone of phones) {
    for (let start = 0; phone !== null && start + 4 <= pin.length; start += 1) {
      if (phone.includes(pin.slice(start, start + 4))) {
        return "may not contain four digits of the user's own phone number";
      }
    }
  }
  return undefined;
}

/** @throws {MfaError} `pin.invalid` */
export function requireGoodPin(pin: string, rules: PinRules, phones: readonly (string | null)[]): void {
  const problem = pinProblem(pin, rules, phones);
  if (problem !== undefined) throw pinInvalid(problem);
}

export function pinInvalid(problem: string): MfaError {
  return new MfaError('pin.invalid', `The PIN ${problem}.`, {
    advice: 'Choose another, or let one be generated.',
    fields: { pin: problem },
  });
}

/**
 * A PIN that keeps the rules, as short as they allow.
 * @param randomInt a cryptographically random integer from 0 to below its argument
 */
export function generatePin(
  rules: PinRules,
  phones: readonly (string | null)[],
  randomInt: (below: number) => number,
): string {
  for (;;) {
    const pin = Array.from({ length: rules.pinMinimumLength }, () => randomInt(10)).join('');
    if (pinProblem(pin, rules, phones) === undefined) return pin;
  }
}

const deriveArgon2 = promisify(argon2);

/** OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane (Password Storage Cheat Sheet). */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const hashBytes = 32;

/** The argon2id hash of a PIN as a PHC string, `$argon2id$v=19$m=...,t=...,p=...$salt$hash`. */
export async function hashPin(pin: string): Promise<string> {
  const nonce = randomBytes(saltBytes);
  const hash = await deriveArgon2('argon2id', { message: pin, nonce, tagLength: hashBytes, ...cost });
  const parameters = `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${parameters}$${unpadded(nonce)}$${unpadded(hash)}`;
}

/** Whether a PIN is the one that was hashed; the time taken does not tell how much of it was right. */
export async function verifyPin(pin: string, phc: string): Promise<boolean> {
  const parts = phcString.exec(phc)?.groups;
  if (parts === undefined) return false;
  const expected = Buffer.from(parts.hash ?? '', 'base64');
  const hash = await deriveArgon2('argon2id', {
    message: pin,
    nonce: Buffer.from(parts.salt ?? '', 'base64'),
    tagLength: expected.length,
    memory: Number(parts.memory),
    passes: Number(parts.passes),
    parallelism: Number(parts.parallelism),
  });
  return timingSafeEqual(hash, expected);
}

/** Whether a PIN is one of those that were hashed. */
export async function isOneOf(pin: string, hashes: readonly string[]): Promise<boolean> {
  const matches = await Promise.all(hashes.map((hash) => verifyPin(pin, hash)));
  return matches.includes(true);
}

const phcString =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<salt>[\w+/]{11,})\$(?<hash>[\w+/]{22,})$/;

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

function digit(pin: string, index: number): number {
  return pin.charCodeAt(index) - 48;
}
