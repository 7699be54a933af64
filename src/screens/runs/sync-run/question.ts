import type { RunCounts } from '../../../core/runs/run.ts';
import { countOf, countText } from '../../text/count-text.ts';
import { confirmation, type Dialog, numberConfirmation } from '../../widgets/dialog/state.ts';

/** What takes something away from users. */
export type Takeaways = Pick<RunCounts, 'disabled' | 'removed'>;

/** "disable 40 and remove 6 users" */
export function takeawayText({ disabled, removed }: Takeaways): string {
  if (removed === 0) return `disable ${countOf(disabled, 'user')}`;
  if (disabled === 0) return `remove ${countOf(removed, 'user')}`;
  return `disable ${countText(disabled)} and remove ${countOf(removed, 'user')}`;
}

/**
 * Asks before users are disabled or removed: of more than one their number has to be typed.
 * @param title the act in one word: "Approve"
 */
export function takeawayQuestion(title: string, text: string, { disabled, removed }: Takeaways): Dialog {
  const count = disabled + removed;
  return count > 1 ? numberConfirmation(title, text, count) : confirmation(title, text, title);
}
