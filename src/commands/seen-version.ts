import { MfaError } from '../core/errors.ts';

/** The version of `--if-version`; undefined where it was not given. @throws {MfaError} `usage.invalid` */
export function seenVersion(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new MfaError('usage.invalid', `"${text}" is no version.`, {
    advice: 'Give the number that "version" has with --json.',
  });
}
