import type { Directory, DirectoryUser } from '../directory/directory.ts';
import { isMfaError, MfaError } from '../errors.ts';
import { findRowByDirectoryId, findUserRow } from '../users/find-user.ts';
import { userFromRow } from '../users/user-row.ts';
import { type ExplainedFields, explainFields } from './explain-fields.ts';
import type { SyncServices } from './sync-context.ts';
import { placeItems } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';
import { personCalled } from './user-to-synchronize.ts';

/** Why a user has the settings that they have. */
export interface Explanation {
  /** The username here; of the directory, when there is no such user yet. */
  user: string;
  directoryId: string | null;
  /** False: nobody here is called so, and the values are those that a run would give. */
  isUser: boolean;
  /** Whether the directory shows this person, wherever items look. */
  isInDirectory: boolean;
  /** The item that the user belongs to since the last run. */
  item: string | null;
  /** Every item in its order; the first that matches and is switched on wins. */
  items: ExplainedItem[];
  fields: ExplainedFields;
}

export interface ExplainedItem {
  name: string;
  enabled: boolean;
  matches: boolean;
  wins: boolean;
  /** Why it could not be asked; null when it was. */
  problem: string | null;
}

/**
 * Asks the directory which items match a user now, and tells of each field where its value comes from.
 * @throws {MfaError} `user.notFound`, `directory.*`
 */
export async function explainUser(
  name: string,
  services: SyncServices,
  directory: Pick<Directory, 'users' | 'findEntry'>,
  signal: AbortSignal | undefined,
): Promise<Explanation> {
  const { store, items } = services;
  const options = signal === undefined ? {} : { signal };
  const known = findUserRow(store, name);
  let person: DirectoryUser | null = null;
  if (known === undefined) {
    person = await personIfAny(name, directory, signal);
    if (person === null) throw noUser(name);
  }
  // The directory knows people by more names than they have here.
  const row = known ?? findRowByDirectoryId(store, person?.directoryId ?? '');
  const user = row === undefined ? null : userFromRow(row);
  const directoryId = user === null ? (person?.directoryId ?? null) : user.directoryId;
  const all = items.list();
  const explained: Explanation['items'] = [];
  let winner: SyncItem | null = null;
  for (const item of all) {
    const { name, enabled } = item;
    const answer = directoryId === null ? nobody : await askItem(item, directoryId, directory, signal);
    const matches = answer.found !== null;
    person ??= answer.found;
    const wins = matches && enabled && winner === null;
    if (wins) winner = item;
    explained.push({ name, enabled, matches, wins, problem: answer.problem });
  }
  return {
    user: user?.username ?? person?.username ?? name,
    directoryId,
    isUser: user !== null,
    isInDirectory: person !== null || (await isThere(directoryId, directory, options)),
    item: all.find(({ id }) => id === user?.itemId)?.name ?? null,
    items: explained,
    fields: explainFields(user, person, winner, services),
  };
}

interface Answer {
  readonly found: DirectoryUser | null;
  readonly problem: string | null;
}

const nobody: Answer = { found: null, problem: null };

/** Whether an item finds somebody. One whose container or group is gone does not keep the others from answering. */
async function askItem(
  item: SyncItem,
  directoryId: string,
  directory: Pick<Directory, 'users' | 'findEntry'>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  try {
    const options = { among: [directoryId], ...(signal && { signal }) };
    for (const { selection } of await placeItems([item], directory, signal)) {
      for await (const { users } of directory.users(selection, options)) {
        const found = users.find((user) => user.directoryId === directoryId);
        if (found !== undefined) return { found, problem: null };
      }
    }
    return nobody;
  } catch (error) {
    if (!isMfaError(error, 'directory.entryNotFound')) throw error;
    return { found: null, problem: error.sentence };
  }
}

/** As {@link personCalled}; null also where the directory says that there is nobody. */
async function personIfAny(
  name: string,
  directory: Pick<Directory, 'users'>,
  signal: AbortSignal | undefined,
): Promise<DirectoryUser | null> {
  try {
    return await personCalled(name, directory, signal);
  } catch (error) {
    if (!isMfaError(error, 'directory.entryNotFound')) throw error;
    return null;
  }
}

async function isThere(
  directoryId: string | null,
  directory: Pick<Directory, 'findEntry'>,
  options: { signal?: AbortSignal },
): Promise<boolean> {
  return directoryId !== null && (await directory.findEntry({ directoryId }, options)) !== null;
}

function noUser(name: string): MfaError {
  return new MfaError('user.notFound', `There is no user "${name}", neither here nor in the directory.`, {
    advice: `"mfa-console users list --filter ${name}" finds users by a part of their name.`,
  });
}
