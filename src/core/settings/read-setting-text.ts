import type * as z from 'zod';
import { MfaError } from '../errors.ts';

/**
 * The value that a text means to a setting: the text itself, a number, yes or no, or nothing (`none`).
 * @throws {MfaError} `settings.invalid`
 */
export function readSettingText(field: z.ZodType, key: string, text: string): unknown {
  return readMeanings(field, key, [text, ...meaningsOf(text)]);
}

/** The first of the meanings that the setting may have. @throws {MfaError} `settings.invalid` */
export function readMeanings(field: z.ZodType, key: string, meanings: readonly unknown[]): unknown {
  let problem = '';
  for (const meaning of meanings) {
    const parsed = field.safeParse(meaning);
    if (parsed.success) return parsed.data;
    problem = parsed.error.issues.map((issue) => issue.message).join('; ');
  }
  throw new MfaError('settings.invalid', `${key} cannot be "${meanings[0]}": ${problem}.`, {
    advice: 'Nothing was changed.',
    fields: { [key]: problem },
  });
}

/** What a text may mean beside itself. */
function meaningsOf(text: string): unknown[] {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'yes' || word === 'on') return [true];
  if (word === 'false' || word === 'no' || word === 'off') return [false];
  if (word === 'none' || word === 'null') return [null];
  return /^-?\d+(\.\d+)?$/.test(word) ? [Number(word)] : [];
}
