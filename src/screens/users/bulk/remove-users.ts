import { countOf } from '../../../core/count-text.ts';
import type { ScreenContext } from '../../shell/screen.ts';
import { confirmation, confirmed, type Dialog, numberConfirmation } from '../../widgets/dialog/state.ts';
import { changeUsers } from './change-users.ts';
import type { Outcome } from './outcome.ts';

/** Removes users, after a confirmation that says who may come back. Undefined when it was cancelled. */
export async function removeUsers(
  context: ScreenContext,
  ids: readonly number[],
  subject: string,
): Promise<Outcome | undefined> {
  const { users } = context.core;
  const fromDirectory = users.countFromDirectory(ids);
  const answer = await context.overlays.ask(removeQuestion(subject, ids.length, fromDirectory));
  if (answer !== confirmed) return undefined;
  return changeUsers(context, ids, {
    title: 'Remove',
    done: 'removed',
    change: (usernames, signal) => users.remove(usernames, { signal }),
  });
}

export function removeQuestion(subject: string, count: number, fromDirectory: number): Dialog {
  const note = directoryNote(count, fromDirectory);
  const text = `Remove ${subject} with all settings?${note === '' ? '' : `\n\n${note}`}`;
  return count === 1
    ? confirmation('Remove a user', text, 'Remove')
    : numberConfirmation('Remove users', text, count);
}

function directoryNote(count: number, fromDirectory: number): string {
  if (fromDirectory === 0) return '';
  const who = count === 1 ? 'The user' : `${countOf(fromDirectory, 'of them', 'of them')}`;
  return `${who} came from the directory: the next import or synchronization may add ${
    fromDirectory === 1 ? 'the user' : 'them'
  } again.`;
}
