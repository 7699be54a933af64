import { compareInThread } from '../../../../core/background/threaded-inquiries.ts';
import { countOf, countText } from '../../../../core/count-text.ts';
import type { SelectionComparison } from '../../../../core/sync/compare-selection.ts';
import type { ItemSelection, LeaverRule, SyncItem } from '../../../../core/sync/sync-item.ts';
import type { ScreenContext } from '../../../shell/screen.ts';
import { waitFor } from '../../../shell/wait-for.ts';
import { cancelled, confirmed, type QuestionDialog, reportDialog } from '../../../widgets/dialog/state.ts';

export interface SelectionChange {
  readonly item: SyncItem;
  /** The item is to take these instead. */
  readonly selection: ItemSelection;
  /** What the item is to do with leavers. */
  readonly leavers: LeaverRule;
}

const becomes: Record<LeaverRule, string> = {
  leave: 'leaves them as they are',
  disable: 'holds them for approval, to be disabled',
  remove: 'holds them for approval, to be removed',
};

/**
 * Shows whom another selection would lose before it is saved.
 * @returns whether to save it; true without a question where nobody is lost
 * @throws {MfaError} `directory.*`
 */
export async function askAboutLeavers(context: ScreenContext, change: SelectionChange): Promise<boolean> {
  const { core, overlays } = context;
  const { item, selection, leavers } = change;
  const users = core.synchronization.items.countUsers().get(item.id) ?? 0;
  if (users === 0) return true;
  const text = `Comparing whom it would find with its ${countOf(users, 'user')}.`;
  const compared = await waitFor(context, 'Save', text, (signal) =>
    compareInThread(core, item, selection, signal),
  );
  if (compared === undefined) return false;
  if (compared.lost.length === 0) return true;
  for (;;) {
    const answer = await overlays.ask(leaversQuestion(compared, users, leavers));
    if (answer !== 'who') return answer === confirmed;
    await overlays.ask(reportDialog('Not found any more', 'Unless another item finds them:', compared.lost));
  }
}

export function leaversQuestion(
  { found, others, lost }: SelectionComparison,
  users: number,
  leavers: LeaverRule,
): QuestionDialog {
  const text = [
    `It finds ${countOf(found, 'user')}, ${countText(others)} of whom are not its own yet.`,
    `${countText(lost.length)} of its ${countOf(users, 'user')} are not found any more:`,
    `unless another item finds them, the next run ${becomes[leavers]}.`,
  ].join(' ');
  return {
    kind: 'question',
    title: 'Other people',
    text,
    buttons: [
      { id: cancelled, label: 'Cancel' },
      { id: 'who', label: 'Who' },
      { id: confirmed, label: 'Save' },
    ],
    focused: 0,
    escape: cancelled,
  };
}
