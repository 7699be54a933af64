import type { Approvals } from '../../../core/sync/approvals.ts';
import type { HeldChange, HeldQuery } from '../../../core/sync/held-list.ts';
import type { RowQuery, RowSource } from '../../widgets/table/row-source.ts';
import { type ApprovalState, countOfKind, heldTotal } from './state.ts';

/** A refreshed list looks for the row under the cursor so many rows up and down. */
const rowsAround = 500;

/** Reads what is seen of the changes that a run holds, however many there are. */
export function heldSource(
  approvals: Pick<Approvals, 'held' | 'countHeld'>,
  state: () => Pick<ApprovalState, 'run' | 'kind' | 'counts'>,
): RowSource<HeldChange> {
  function queryOf({ filter }: RowQuery): HeldQuery {
    const { kind } = state();
    return { takeaway: kind === 'all' ? undefined : kind, text: filter.trim() };
  }
  function idsOf(query: RowQuery, offset: number, limit: number): string[] {
    const { id } = state().run;
    return approvals.held(id, { ...queryOf(query), offset, limit }).map(({ directoryId }) => directoryId);
  }
  return {
    async load(query, offset, limit) {
      const { id } = state().run;
      const which = queryOf(query);
      const totalOfAll = countOfKind(state());
      const total = which.text === '' ? totalOfAll : heldTotal(approvals.countHeld(id, which));
      return { rows: approvals.held(id, { ...which, offset, limit }), total, totalOfAll };
    },
    async ids(query, offset, limit) {
      return idsOf(query, offset, limit);
    },
    async locate(query, id, near) {
      const offset = Math.max(0, near - rowsAround);
      const index = idsOf(query, offset, 2 * rowsAround).indexOf(id);
      return index === -1 ? null : offset + index;
    },
  };
}
