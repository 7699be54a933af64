import { userFieldNames } from '../../../core/users/edit-user.ts';
import type { User } from '../../../core/users/user.ts';
import type { UserPatch } from '../../../core/users/user-input.ts';
import { cancelled, type QuestionDialog } from '../../widgets/dialog/state.ts';
import { userLabels, valueText } from '../field-text.ts';

/** Somebody else has changed the user since it was loaded. */
export function conflictQuestion(stored: User, when: string): QuestionDialog {
  const text =
    `${stored.username} was changed by ${stored.updatedBy} at ${when}. ` +
    'Overwrite writes your changes over theirs and leaves the other fields as they are now.';
  const buttons = [
    { id: cancelled, label: 'Cancel' },
    { id: 'compare', label: 'Compare' },
    { id: 'reload', label: 'Reload' },
    { id: 'overwrite', label: 'Overwrite' },
  ];
  return { kind: 'question', title: 'Changed meanwhile', text, buttons, focused: 0, escape: cancelled };
}

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
