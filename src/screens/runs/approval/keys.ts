import { runStateNames } from '../../../core/runs/run.ts';
import type { HeldChange } from '../../../core/sync/held-list.ts';
import { defineCommands } from '../../commands/command.ts';
import { changing } from '../../shell/screen.ts';
import { type ApprovalState, heldTotal } from './state.ts';

export type ApprovalCommandId =
  | 'approval.details'
  | 'approval.approve'
  | 'approval.reject'
  | 'approval.simulate'
  | 'approval.openItem'
  | 'approval.newer'
  | 'approval.export';

export interface ApprovalCommandState extends ApprovalState {
  readonly isReadOnly: boolean;
  readonly current: HeldChange | undefined;
  readonly marked: number;
  /** Marks are on their way. */
  readonly isMarking: boolean;
  readonly isFiltered: boolean;
}

const scope = 'Approval';

type Check = (state: ApprovalCommandState) => true | string;

/** Whether there is still something to be decided about. */
const isOpen: Check = ({ run, newer, counts }) => {
  if (newer !== null) return `Run ${newer} holds what is still open. n goes there.`;
  if (run.state !== 'awaitingApproval') return `Run ${run.id} is ${runStateNames[run.state]}.`;
  return heldTotal(counts) > 0 || 'Nothing is held any more.';
};

/** Whoever is not seen because of a filter is not decided about unawares. */
const isChosen: Check = (state) => {
  const may = isOpen(state);
  if (may !== true) return may;
  if (state.isMarking) return 'The users are still being marked.';
  if (state.marked > 0 || (!state.isFiltered && state.kind === 'all')) return true;
  return 'Mark whom it is about: a marks all that are listed.';
};

function change(check: Check): Check {
  return (state) => {
    const may = changing(state);
    return may === true ? check(state) : may;
  };
}

const hasLine: Check = ({ current }) => current !== undefined || 'There is nobody here.';

export const approvalCommands = defineCommands<ApprovalCommandState, ApprovalCommandId>([
  {
    id: 'approval.details',
    title: 'All that is known of a change that is held',
    keys: ['enter'],
    scope,
    hint: 'Details',
    isEnabled: hasLine,
  },
  {
    id: 'approval.approve',
    title: 'Approve the marked changes, or all',
    keys: ['A'],
    scope,
    hint: 'Approve',
    isEnabled: change(isChosen),
  },
  {
    id: 'approval.reject',
    title: 'Reject what is still held',
    keys: ['R'],
    scope,
    hint: 'Reject',
    isEnabled: change(isOpen),
  },
  {
    id: 'approval.simulate',
    title: 'See what an approval would do now',
    keys: ['w'],
    scope,
    hint: 'Simulate',
    isEnabled: isChosen,
  },
  {
    id: 'approval.openItem',
    title: 'Open the item of a user',
    keys: ['o'],
    scope,
    hint: 'Open item',
    isEnabled: ({ current }) => {
      if (current === undefined) return 'There is nobody here.';
      return current.item !== null || 'The item of this user was removed.';
    },
  },
  {
    id: 'approval.newer',
    title: 'Go to the later run that holds what is still open',
    keys: ['n'],
    scope,
    isEnabled: ({ newer }) => newer !== null || 'This is the newest run that holds something.',
  },
  { id: 'approval.export', title: 'Write the run with all its changes to a file', keys: ['x'], scope },
]);
