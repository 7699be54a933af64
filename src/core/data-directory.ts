import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MfaError, messageOf } from './errors.ts';

/** The files of one installation. */
export interface DataDirectory {
  path: string;
  database: string;
  masterKey: string;
}

/**
 * Where the data is: `--data`, else `MFA_CONSOLE_DATA`, else the machine's folder when it may be used, else
 * the user's own.
 */
export function locateDataDirectory(
  option: string | undefined,
  environment: NodeJS.ProcessEnv,
): DataDirectory {
  const path = option ?? environment.MFA_CONSOLE_DATA ?? defaultPath(environment);
  return { path, database: join(path, 'mfa-console.db'), masterKey: join(path, 'master.key') };
}

function defaultPath(environment: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32') {
    return join(environment.ProgramData ?? 'C:\\ProgramData', 'MFA Console');
  }
  const machine = '/var/lib/mfa-console';
  if (process.getuid?.() === 0 || isWritable(machine)) return machine;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'MFA Console');
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'mfa-console');
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Makes the folder, readable by its owner only.
 * @returns whether it was not there before
 * @throws {MfaError} `store.unreadable`
 */
export function makeDataDirectory(directory: DataDirectory): boolean {
  const isNew = !existsSync(directory.path);
  try {
    mkdirSync(directory.path, { recursive: true, mode: 0o700 });
    if (isNew && process.platform !== 'win32') chmodSync(directory.path, 0o700);
    accessSync(directory.path, constants.W_OK);
  } catch (cause) {
    throw new MfaError(
      'store.unreadable',
      `The data directory ${directory.path} cannot be used: ${messageOf(cause)}.`,
      { advice: 'Run as a user who may write it, or name another with --data or MFA_CONSOLE_DATA.', cause },
    );
  }
  return isNew;
}
