import { isMfaError, messageOf } from '../../core/errors.ts';

/** What failed, and what to do about it. */
export function failureText(error: unknown): string {
  if (isMfaError(error) && error.advice !== undefined) return error.sentence;
  return `${messageOf(error)} Press r to try again.`;
}
