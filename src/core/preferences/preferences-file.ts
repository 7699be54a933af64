import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { messageOf } from '../errors.ts';
import { type PreferenceKey, type Preferences, preferenceKeys, preferencesSchema } from './preferences.ts';

/** What a file of preferences says, as far as it can be understood. */
export interface ReadPreferences {
  readonly preferences: Preferences;
  /** The section in which the console was left last; null when nobody noted it. */
  readonly lastSection: string | null;
  /** What in the file was ignored and why, as a sentence; null when all of it counts. */
  readonly problem: string | null;
  /** Nothing in the file can be read. */
  readonly isBroken: boolean;
}

/** `MFA_CONSOLE_PREFERENCES`, else the place for such files of the account that runs the program. */
export function locatePreferences(environment: NodeJS.ProcessEnv): string {
  if (environment.MFA_CONSOLE_PREFERENCES) return environment.MFA_CONSOLE_PREFERENCES;
  return join(folder(environment), 'preferences.json');
}

function folder({ APPDATA, XDG_CONFIG_HOME }: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32')
    return join(APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'MFA Console');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Preferences', 'mfa-console');
  return join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'mfa-console');
}

/**
 * Reads preferences without the library that writes them, because the first frame waits for it. What cannot be
 * understood is ignored, each preference for itself: nobody is kept out of the console by a file like this.
 */
export function readPreferences(file: string): ReadPreferences {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return nothingFrom(
      isMissing ? null : `Your preferences were ignored: ${file} cannot be read: ${messageOf(error)}.`,
    );
  }
  try {
    const stored = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return understand(file, stored);
  } catch {
    return nothingFrom(`Your preferences were ignored: ${file} does not hold any.`);
  }
}

function nothingFrom(problem: string | null): ReadPreferences {
  return {
    preferences: preferencesSchema.parse({}),
    lastSection: null,
    problem,
    isBroken: problem !== null,
  };
}

function understand(file: string, stored: Readonly<Record<string, unknown>>): ReadPreferences {
  const understood: Partial<Record<PreferenceKey, unknown>> = {};
  const ignored: string[] = [];
  for (const key of preferenceKeys) {
    const parsed = preferencesSchema.shape[key].safeParse(stored[key]);
    if (parsed.success) understood[key] = parsed.data;
    else ignored.push(key);
  }
  const { lastSection } = stored;
  return {
    preferences: preferencesSchema.parse(understood),
    lastSection: typeof lastSection === 'string' ? lastSection : null,
    problem: ignored.length === 0 ? null : `Ignored in your preferences: ${ignored.join(', ')}. See ${file}.`,
    isBroken: false,
  };
}
