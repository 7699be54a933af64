import { expect } from 'vitest';
import type { User } from '../../src/core/users/user.ts';

type Users = ReadonlyMap<string, Partial<User>>;

/**
 * Expects users, by directory id, to be those whom a first run would make of the directory as it is now, field by
 * field; and whoever else there is to be disabled.
 * @param fresh what a first run has made
 * @param except directory ids of those whom somebody has changed here
 */
export function expectLikeFresh(users: Users, fresh: Users, except: ReadonlySet<string> = new Set()): void {
  const names = new Map([...users.values()].map((user) => [user.username, user]));
  for (const [id, person] of fresh) {
    const holder = names.get(person.username);
    // Another person has the name until somebody decides about it.
    const isConflict = holder !== undefined && holder.directoryId !== id;
    if (!isConflict && !except.has(id))
      expect(users.get(id), person.username).toMatchObject(decidedAlone(person));
  }
  for (const [id, { enabled, username }] of users) {
    if (!fresh.has(id) && !except.has(id)) expect(enabled, `${username} is enabled`).toBe(false);
  }
}

/** What directory and items decide whatever was before; where there is no phone now, one of before may stay. */
function decidedAlone(person: Partial<User>): Partial<User> {
  const { directoryDn, source, enabled, method, mode, itemId, phone } = person;
  const { username, firstName, lastName, email, userGroup, description } = person;
  return {
    ...({ username, firstName, lastName, email, userGroup, description } as Partial<User>),
    ...({ directoryDn, source, enabled, method, mode, itemId } as Partial<User>),
    ...(phone != null && { phone }),
  };
}
