import type { Core } from '../../../core/core.ts';
import { mailOnWrite } from '../../../core/email/outbox/mail-on-write.ts';
import type { OutboxMail } from '../../../core/email/outbox/outbox-mail.ts';
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
  /** Whether the user is told by mail. */
  readonly sendEmail: boolean;
}

/** A user as they are now, and the mail to them where one was wanted. */
export interface SavedUser {
  readonly user: User;
  readonly mail: OutboxMail | null;
}

/**
 * Adds a user.
 * @throws {MfaError} `user.invalid`, `phone.invalid`, `pin.invalid`, `user.exists`
 */
export async function addUser({ users, outbox }: Core, edit: UserEdit): Promise<SavedUser> {
  const { patch, pin } = edit;
  const mailing = edit.sendEmail ? mailOnWrite(await outbox.openQueue(), 'added') : null;
  const input = { ...patch, username: patch.username ?? '' };
  const { user } = await users.add(input, { pin, onWritten: mailing?.onWritten });
  return { user, mail: mailing?.mails[0] ?? null };
}

/**
 * Changes a user whose present version must be the given one; undefined overwrites whatever there is.
 * @throws {MfaError} as {@link addUser}, and `user.changed`, `user.notFound`
 */
export async function editUser(
  { users, outbox }: Core,
  { username }: User,
  edit: UserEdit,
  version: number | undefined,
): Promise<SavedUser> {
  const pinOptions = { pin: edit.pin, mustChange: edit.mustChangePin };
  if (edit.pin !== undefined) {
    // Whether the PIN is possible is known before anything is written.
    throwFailure(await users.setPin([username], { ...pinOptions, dryRun: true }));
  }
  const queue = edit.sendEmail ? await outbox.openQueue() : null;
  const mailing = queue === null ? null : mailOnWrite(queue, 'updated');
  // With the last change, so that the mail tells of all of them.
  const isLast = edit.pin === undefined;
  const onWritten = mailing?.onWritten;
  const { user } = await users.edit(username, edit.patch, { version, ...(isLast && { onWritten }) });
  if (!isLast) throwFailure(await users.setPin([user.username], { ...pinOptions, onWritten }));
  const saved = users.find(user.username);
  // Nothing else may have been changed.
  if (mailing?.mails.length === 0) mailing.onWritten(saved);
  return { user: saved, mail: mailing?.mails[0] ?? null };
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
