import type { HeldCounts } from '../../../core/sync/held-list.ts';
import { confirmation, type Dialog, numberConfirmation } from '../../widgets/dialog/state.ts';

/**
 * Asks before users are disabled or removed: of more than one their number has to be typed.
 * @param title the act in one word: "Approve"
 */
export function takeawayQuestion(title: string, text: string, { disabled, removed }: HeldCounts): Dialog {
  const count = disabled + removed;
  return count > 1 ? numberConfirmation(title, text, count) : confirmation(title, text, title);
}
