import { existsSync, statfsSync, statSync } from 'node:fs';
import type { DataDirectory } from '../data-directory.ts';
import { messageOf } from '../errors.ts';
import { type Check, failed, passed } from './check.ts';

const oldestNode = 24;
const megabyte = 1_048_576;
/** Below this an import may stop in the middle. */
const leastFreeBytes = 200 * megabyte;

export function checkNode(version: string): Check {
  const name = 'Node';
  if (Number(version.split('.')[0]) >= oldestNode) return passed(name, `Node ${version} is new enough.`);
  return failed(name, `Node ${version} is too old.`, `Install Node ${oldestNode} or newer.`);
}

const directoryName = 'Data directory';

export function missingDirectory(directory: DataDirectory): Check {
  return failed(
    directoryName,
    `There is no data directory ${directory.path}.`,
    'Run "mfa-console init", or name another with --data or MFA_CONSOLE_DATA.',
  );
}

/** That nobody else may read the data. */
export function checkPermissions(directory: DataDirectory): Check {
  const name = directoryName;
  if (process.platform === 'win32') return passed(name, `${directory.path} exists.`);
  const files = [
    directory.database,
    `${directory.database}-wal`,
    `${directory.database}-shm`,
    directory.masterKey,
  ];
  const open = [directory.path, ...files].filter((path) => existsSync(path) && isOpenToOthers(path));
  if (open.length === 0) return passed(name, `${directory.path} can be used by its owner only.`);
  return failed(
    name,
    `Other accounts of this machine may use ${open.join(', ')}.`,
    `Take their rights away: chmod -R go= "${directory.path}".`,
  );
}

export function checkDiskSpace(directory: DataDirectory): Check {
  const name = 'Disk space';
  try {
    const { bavail, bsize } = statfsSync(directory.path);
    const free = bavail * bsize;
    // A migration and a backup each need a copy.
    const needed = Math.max(
      leastFreeBytes,
      existsSync(directory.database) ? statSync(directory.database).size : 0,
    );
    const found = `${Math.floor(free / megabyte)} MB are free at ${directory.path}`;
    if (free >= needed) return passed(name, `${found}.`);
    return failed(
      name,
      `Only ${found}.`,
      `Free some space: ${Math.ceil(needed / megabyte)} MB should be left.`,
    );
  } catch (error) {
    return failed(name, `The free space cannot be seen: ${messageOf(error)}.`, null);
  }
}

function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}
