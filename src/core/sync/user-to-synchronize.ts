import type { Directory } from '../directory/directory.ts';
import { MfaError } from '../errors.ts';
import { plainText } from '../plain-text.ts';
import type { Store } from '../store/store.ts';
import { findUserRow } from '../users/find-user.ts';

/**
 * The directory id of somebody who is a user, or is in the directory.
 * @param name a username, DN or directory id
 * @throws {MfaError} `directory.entryNotFound`
 */
export async function directoryIdOf(
  name: string,
  store: Store,
  directory: Pick<Directory, 'users'>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const known = findUserRow(store, name)?.directory_id;
  if (known != null) return known;
  const options = signal === undefined ? {} : { signal };
  for await (const { users } of directory.users({ scope: 'users', names: [name] }, options)) {
    if (users[0] !== undefined) return users[0].directoryId;
  }
  throw noEntry(name);
}

export function noEntry(name: string): MfaError {
  return new MfaError('directory.entryNotFound', `There is no "${plainText(name)}" in the directory.`, {
    advice: '"mfa-console directory tree", "groups" and "search" show what there is.',
  });
}
