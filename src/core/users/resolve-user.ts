import type { Directory, DirectoryUser } from '../directory/directory.ts';
import { isMfaError } from '../errors.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { Store } from '../store/store.ts';
import { findRowByDirectoryId, findUserRow, requireUserRow, userNotFound } from './find-user.ts';
import { nearUsernames } from './near-usernames.ts';
import type { User } from './user.ts';
import { userFromRow } from './user-row.ts';

export interface ResolveServices {
  readonly store: Store;
  readonly companySettings: { load(): Pick<CompanySettings, 'usernameResolution'> };
  openDirectory(signal?: AbortSignal): Promise<Directory>;
}

/**
 * The user whom somebody means who signs in as `name`. With `usernameResolution: directoryId` the directory says whose
 * name it is and the user with that directory id is taken, so that every way to write a name leads to the same user, and
 * a name that was passed on leads to whom it belongs now. A user who was made by hand is found without the directory.
 * @throws {MfaError} `user.notFound`; `directory.*` when the directory cannot be asked, since a guess might be wrong
 */
export async function resolveUser(
  services: ResolveServices,
  name: string,
  signal?: AbortSignal,
): Promise<User> {
  const { store, companySettings } = services;
  if (companySettings.load().usernameResolution === 'asGiven') {
    return userFromRow(requireUserRow(store, name));
  }
  const asGiven = findUserRow(store, name);
  if (asGiven !== undefined && asGiven.directory_id === null) return userFromRow(asGiven);
  const person = await findPerson(services, name, signal);
  // Nobody has the name in the directory any more, so that it is still that of the user who had it.
  const row = person === null ? asGiven : findRowByDirectoryId(store, person.directoryId);
  if (row !== undefined) return userFromRow(row);
  throw userNotFound(name, nearUsernames(store, name));
}

async function findPerson(
  services: ResolveServices,
  name: string,
  signal: AbortSignal | undefined,
): Promise<DirectoryUser | null> {
  const directory = await services.openDirectory(signal);
  try {
    const selection = { scope: 'users', names: [name] } as const;
    for await (const { users } of directory.users(selection, signal === undefined ? {} : { signal })) {
      const [person] = users;
      if (person !== undefined) return person;
    }
    return null;
  } catch (error) {
    if (isMfaError(error, 'directory.entryNotFound')) return null;
    throw error;
  } finally {
    await directory.close();
  }
}
