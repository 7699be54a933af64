import { countText } from '../../../core/count-text.ts';
import type { SyncRun } from '../../../core/runs/run.ts';
import type { Takeaway } from '../../../core/sync/guard.ts';
import type { HeldCounts } from '../../../core/sync/held-list.ts';
import type { TabsState } from '../../widgets/tabs/state.ts';

export type HeldKind = Takeaway | 'all';

export interface ApprovalState {
  readonly run: SyncRun;
  /** What is still held. */
  readonly counts: HeldCounts;
  /** A later run that waits for approval, and so holds by itself what is still open of this one; null: none. */
  readonly newer: number | null;
  /** Which changes are listed. */
  readonly kind: HeldKind;
}

export type ApprovalAction =
  | { readonly type: 'kind'; readonly kind: HeldKind }
  | ({ readonly type: 'looked' } & Pick<ApprovalState, 'run' | 'counts' | 'newer'>);

export function reduceApproval(state: ApprovalState, action: ApprovalAction): ApprovalState {
  if (action.type === 'kind') return { ...state, kind: action.kind };
  const { run, counts, newer } = action;
  return { ...state, run, counts, newer };
}

export const heldTotal = ({ disabled, removed }: HeldCounts) => disabled + removed;

/** How many of them are listed when nothing is filtered. */
export function countOfKind({ counts, kind }: Pick<ApprovalState, 'counts' | 'kind'>): number {
  return kind === 'all' ? heldTotal(counts) : counts[kind];
}

/** What an approval would do, as tabs. */
export function heldTabs({ counts, kind }: Pick<ApprovalState, 'counts' | 'kind'>): TabsState<HeldKind> {
  return {
    tabs: [
      { id: 'all', title: `All ${countText(heldTotal(counts))}` },
      { id: 'disabled', title: `disable ${countText(counts.disabled)}` },
      { id: 'removed', title: `remove ${countText(counts.removed)}` },
    ],
    active: kind,
  };
}
