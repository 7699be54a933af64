import { stateOf, type User } from '../../core/users/user.ts';
import { type Command, defineCommands } from '../commands/command.ts';
import { changing } from '../shell/screen.ts';

export type UsersCommandId =
  | 'users.add'
  | 'users.edit'
  | 'users.enable'
  | 'users.disable'
  | 'users.block'
  | 'users.unblock'
  | 'users.bypass'
  | 'users.cancelBypass'
  | 'users.method'
  | 'users.pin'
  | 'users.sendEmail'
  | 'users.remove'
  | 'users.synchronize'
  | 'users.import'
  | 'users.importCsv'
  | 'users.export'
  | 'users.exportData'
  | 'users.erase';

/** What decides which actions are possible. */
export interface UsersState {
  readonly isReadOnly: boolean;
  /** How many are marked. */
  readonly marked: number;
  /** Marks are on their way. */
  readonly isMarking: boolean;
  /** The user under the cursor. */
  readonly current: User | undefined;
  /** ISO 8601. */
  readonly now: string;
}

const scope = 'Users';

/** Actions are for all marked users, else for the one under the cursor. */
export const usersCommands = defineCommands<UsersState, UsersCommandId>([
  { id: 'users.add', title: 'Add a user', keys: ['a'], scope, hint: 'Add', isEnabled: changing },
  {
    id: 'users.edit',
    title: 'Edit, or look at all fields',
    keys: ['e', 'enter'],
    scope,
    hint: 'Edit',
    isEnabled: ({ current }) => current !== undefined || 'There is no user to edit.',
  },
  { id: 'users.import', title: 'Import from the directory', keys: ['i'], scope, hint: 'Import' },
  action('users.enable', 'Enable', 'E', (user) => !user.enabled || 'The user is enabled already.'),
  action('users.disable', 'Disable', 'D', (user) => user.enabled || 'The user is disabled already.'),
  action('users.block', 'Block', 'b'),
  action('users.unblock', 'Unblock', 'B', (user, now) => {
    return isAhead(user.blockedUntil, now) || isAhead(user.lockedUntil, now)
      ? true
      : 'The user is neither blocked nor locked out.';
  }),
  action('users.bypass', 'One-time bypass', 'o', (user, now) => {
    return stateOf(user, now) !== 'disabled' || 'The user is disabled and needs no second factor.';
  }),
  action('users.cancelBypass', 'Take a one-time bypass back', 'O', (user, now) => {
    return isAhead(user.bypassUntil, now) || 'The user has no one-time bypass.';
  }),
  action('users.method', 'Set the method', 'm'),
  action('users.pin', 'Assign a PIN', 'p'),
  action('users.sendEmail', 'Send e-mail', 'w'),
  { ...action('users.remove', 'Remove', '-'), keys: ['-', 'delete'] },
  {
    id: 'users.synchronize',
    title: 'Synchronize this user now',
    keys: ['n'],
    scope,
    isEnabled(state) {
      const may = changing(state);
      return may === true ? onePerson(state) : may;
    },
  },
  {
    id: 'users.importCsv',
    title: 'Import from a CSV file',
    keys: ['c'],
    scope,
    isEnabled: changing,
  },
  { id: 'users.export', title: 'Export as CSV or JSON', keys: ['x'], scope },
  {
    id: 'users.exportData',
    title: 'Export all that is stored about one user',
    keys: ['X'],
    scope,
    isEnabled: onePerson,
  },
  {
    id: 'users.erase',
    title: 'Erase all that is stored about one user',
    keys: [],
    scope,
    isEnabled(state) {
      const may = changing(state);
      return may === true ? onePerson(state) : may;
    },
  },
]);

function onePerson({ current, isMarking, marked }: UsersState): true | string {
  if (isMarking) return 'The users are still being marked.';
  if (marked > 1) return 'This is done for one person at a time. Unmark the others first.';
  return current !== undefined || 'There is no user here.';
}

/** An action on the marked users; `forOne` says whether it makes sense for a single one. */
function action(
  id: UsersCommandId,
  title: string,
  key: string,
  forOne?: (user: User, now: string) => true | string,
): Command<UsersState, UsersCommandId> {
  return {
    id,
    title,
    keys: [key],
    scope,
    isEnabled(state) {
      const may = changing(state);
      if (may !== true) return may;
      if (state.isMarking) return 'The users are still being marked.';
      if (state.marked > 0) return true;
      if (state.current === undefined) return 'There is no user here.';
      return forOne?.(state.current, state.now) ?? true;
    },
  };
}

function isAhead(moment: string | null, now: string): boolean {
  return moment !== null && moment > now;
}
