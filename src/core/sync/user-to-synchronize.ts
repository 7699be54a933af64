import type { Directory, DirectoryUser } from '../directory/directory.ts';
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
  const person = await personCalled(name, directory, signal);
  if (person === null) throw noEntry(name);
  return person.directoryId;
}

/**
 * Somebody of the directory, wherever items look.
 * @throws {MfaError} `directory.entryNotFound` where the directory says that nobody is called so
 */
export async function personCalled(
  name: string,
  directory: Pick<Directory, 'users'>,
  signal: AbortSignal | undefined,
): Promise<DirectoryUser | null> {
  const options = signal === undefined ? {} : { signal };
  for await (const { users } of directory.users({ scope: 'users', names: [name] }, options)) {
    if (users[0] !== undefined) return users[0];
  }
  return null;
}

export function noEntry(name: string): MfaError {
  return new MfaError('directory.entryNotFound', `There is no "${plainText(name)}" in the directory.`, {
    advice: '"mfa-console directory tree", "groups" and "search" show what there is.',
  });
}
