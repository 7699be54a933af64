import type { Core } from '../../../core/core.ts';
import { isMfaError } from '../../../core/errors.ts';
import type { User } from '../../../core/users/user.ts';
import type { UserPatch } from '../../../core/users/user-input.ts';
import type { SaveOutcome } from '../../widgets/form/form.ts';
import { labelOf } from '../field-text.ts';

export interface UserEdit {
  readonly patch: UserPatch;
  /** Undefined leaves it. */
  readonly pin: string | undefined;
  readonly mustChangePin: boolean;
}

/**
 * Adds a user.
 * @throws {MfaError} `user.invalid`, `phone.invalid`, `pin.invalid`, `user.exists`
 */
export async function addUser({ users }: Core, { patch, pin }: UserEdit): Promise<User> {
  const { user } = await users.add({ ...patch, username: patch.username ?? '' }, { pin });
  return user;
}

/**
 * Changes a user whose present version must be the given one; undefined overwrites whatever there is.
 * @throws {MfaError} as {@link addUser}, and `user.changed`, `user.notFound`
 */
export async function editUser(
  { users }: Core,
  { username }: User,
  edit: UserEdit,
  version: number | undefined,
): Promise<User> {
  const pinOptions = { pin: edit.pin, mustChange: edit.mustChangePin };
  if (edit.pin !== undefined) {
    // Whether the PIN is possible is known before anything is written.
    throwFailure(await users.setPin([username], { ...pinOptions, dryRun: true }));
  }
  const { user } = await users.edit(username, edit.patch, { version });
  if (edit.pin !== undefined) throwFailure(await users.setPin([user.username], pinOptions));
  return users.find(user.username);
}

function throwFailure(results: readonly { readonly error?: Error | undefined }[]): void {
  for (const { error } of results) if (error !== undefined) throw error;
}

/** What an error says of the fields, as sentences; undefined for one that is not about fields. */
export function fieldProblems(error: unknown): Exclude<SaveOutcome, 'failed'> {
  if (!isMfaError(error)) return undefined;
  const entries = Object.entries(error.fields);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, problem]) => {
      const label = name === 'pin' ? 'The PIN' : labelOf(name);
      return [name === 'mode' ? 'method' : name, `${label} ${problem}.`];
    }),
  );
}
