import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** For `check` of a field with the name of a file to read. */
export function missingFile(name: unknown): string | null {
  const file = resolve(String(name).trim());
  return existsSync(file) && statSync(file).isFile() ? null : `There is no file ${file}.`;
}
