import { userFieldNames } from '../../../core/users/edit-user.ts';
import type { User } from '../../../core/users/user.ts';
import type { UserPatch } from '../../../core/users/user-input.ts';
import { userLabels, valueText } from '../field-text.ts';

/** One line for each field that either side has changed. */
export function compareLines(loaded: User, stored: User, patch: UserPatch): readonly string[] {
  return userFieldNames.flatMap((name) => {
    const isTheirs = JSON.stringify(loaded[name]) !== JSON.stringify(stored[name]);
    const isYours = Object.hasOwn(patch, name);
    if (!isTheirs && !isYours) return [];
    const theirs = isTheirs
      ? `theirs ${valueText(name, stored[name])}`
      : `stored ${valueText(name, stored[name])}`;
    const yours = isYours ? `, yours ${valueText(name, patch[name])}` : '';
    return [`${userLabels[name]}: ${theirs}${yours}`];
  });
}
