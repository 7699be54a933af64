import { existsSync, renameSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { MfaError, messageOf } from '../errors.ts';
import type { Preferences } from './preferences.ts';
import { readPreferences } from './preferences-file.ts';

/**
 * Writes some preferences and leaves the others, and what other versions of the program have noted, as they are. A
 * file that cannot be understood at all is kept beside the new one, as `.broken`.
 * @throws {MfaError} `file.unwritable`
 */
export async function writePreferences(
  file: string,
  changes: Partial<Preferences> & { readonly lastSection?: string },
): Promise<void> {
  const { default: Conf } = await import('conf');
  try {
    if (existsSync(file) && readPreferences(file).isBroken) renameSync(file, `${file}.broken`);
    const extension = extname(file);
    new Conf({
      cwd: dirname(file),
      configName: basename(file, extension),
      fileExtension: extension.slice(1),
      configFileMode: 0o600,
    }).set(changes);
  } catch (cause) {
    throw new MfaError(
      'file.unwritable',
      `The preferences in ${file} cannot be written: ${messageOf(cause)}.`,
      {
        advice: 'Name another file with MFA_CONSOLE_PREFERENCES.',
        cause,
      },
    );
  }
}
