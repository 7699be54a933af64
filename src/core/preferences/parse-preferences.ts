import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { type PreferenceKey, type Preferences, preferenceKeys, preferencesSchema } from './preferences.ts';

/** @throws {MfaError} `preferences.unknown`, with the nearest name */
export function preferenceKey(name: string): PreferenceKey {
  const key = preferenceKeys.find((known) => known === name);
  if (key !== undefined) return key;
  const near = nearest(name, preferenceKeys);
  throw new MfaError('preferences.unknown', `There is no preference "${name}".`, {
    advice: near === undefined ? '"mfa-console preferences get" lists them.' : `Did you mean ${near}?`,
  });
}

/**
 * The preferences that texts mean; an empty text asks for what is usual.
 * @throws {MfaError} `preferences.unknown`, or `preferences.invalid` with the problem of each in `fields`
 */
export function parsePreferences(texts: ReadonlyMap<string, string>): Partial<Preferences> {
  const values: Partial<Record<PreferenceKey, unknown>> = {};
  const fields: Record<string, string> = {};
  for (const [name, text] of texts) {
    const key = preferenceKey(name);
    const parsed = preferencesSchema.shape[key].safeParse(meaningOf(key, text.trim()));
    if (parsed.success) values[key] = parsed.data;
    else fields[key] = parsed.error.issues[0]?.message ?? 'cannot be used';
  }
  const problems = Object.entries(fields).map(([key, problem]) => `${key} ${problem}`);
  if (problems.length > 0) {
    throw new MfaError('preferences.invalid', `${problems.join('; ')}.`, {
      advice: 'Nothing was changed.',
      fields,
    });
  }
  return values as Partial<Preferences>;
}

function meaningOf(key: PreferenceKey, text: string): unknown {
  if (text === '') return undefined;
  if (key === 'idleMinutes') return /^\d+$/.test(text) ? Number(text) : text;
  if (key === 'usersColumns') return text.split(',').map((name) => name.trim());
  return text;
}

/** As {@link parsePreferences} reads it. */
export function preferenceText(value: Preferences[PreferenceKey]): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
