import { usernameKey } from '../users/user.ts';
import { line, setFields } from './change-lines.ts';
import { desiredForNew, type ImportContext } from './desired-fields.ts';
import type { ReadPerson } from './known-rows.ts';
import { membershipOfNew } from './membership.ts';
import { nothing } from './no-change.ts';
import type { PlannedChange } from './planned-change.ts';
import type { NameHolder, UsernameHolders } from './username-holders.ts';

/**
 * Plans a person whom no user has as their directory id: as a new user, or as nobody, with the reason.
 * @param holders who has the usernames of the batch in the rows
 * @returns who is to be taken over: the id of a user made by hand, to be planned as a known one
 */
export function planNew(
  { person, fingerprint }: Pick<ReadPerson, 'person' | 'fingerprint'>,
  holders: ReadonlyMap<string, NameHolder>,
  { names, context, now }: { names: UsernameHolders; context: ImportContext; now: string },
): PlannedChange | { takesOver: number } {
  const { rules, item } = context;
  if (person.username === null) {
    return nothing('skipped', person, person.dn, 'it has no username in the directory');
  }
  const key = usernameKey(person.username);
  const holder = names.planned(key, holders);
  if (holder && holder.directoryId !== null) {
    const reason = `the username belongs to another person of the directory (${holder.directoryId}); rename one of them`;
    return nothing('conflict', person, person.username, reason);
  }
  if (holder) {
    if (rules.takeOver && holder.userId !== null) return { takesOver: holder.userId };
    const reason = 'a user with this username was made by hand; take it over or rename it';
    return nothing('conflict', person, person.username, reason);
  }
  if (!rules.addNew) return nothing('skipped', person, person.username, 'adding new users is off');
  names.take(key, { userId: null, directoryId: person.directoryId });
  const { fields, notes } = desiredForNew(person, context);
  return {
    action: 'add',
    person,
    fields,
    fingerprint: notes.length === 0 ? fingerprint : null,
    columns: item === undefined ? { source: 'import' } : membershipOfNew(person, fields, item, rules, now),
    log: line('added', person, fields.username, notes, setFields(fields)),
  };
}
