import { requireUserRow } from './find-user.ts';
import type { User } from './user.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';

/** The people that this server knows: finding, changing and listing them. */
export class Users {
  readonly #context: UsersContext;

  constructor(context: UsersContext) {
    this.#context = context;
  }

  /**
   * The user of this name, without regard to case.
   * @throws {MfaError} `user.notFound`
   */
  find(username: string): User {
    return userFromRow(requireUserRow(this.#context.store, username));
  }
}
