import { type Method, methodNames } from '../../core/users/method.ts';
import { fullName, stateNames, stateOf, type User, type UserState } from '../../core/users/user.ts';
import type { SortColumn } from '../../core/users/user-list.ts';
import { momentText } from '../text/moment-text.ts';
import type { Token } from '../theme/style.ts';
import type { TableColumn } from '../widgets/table/columns.ts';

/** Where a user came from, as administrators read it. */
export const sourceNames: Record<User['source'], string> = {
  manual: 'by hand',
  csv: 'CSV file',
  import: 'import',
  synchronization: 'synchronization',
};

/** The columns of the list; their ids are what the core sorts by. */
export function userColumns(now: () => Date): readonly (TableColumn<User> & { readonly id: SortColumn })[] {
  const state = (user: User) => stateOf(user, now().toISOString());
  return [
    column('username', 'Username', 20, { flex: 3 }, ({ username }) => username),
    column('name', 'Name', 14, { flex: 3 }, fullName),
    column('email', 'E-mail', 18, { flex: 3, priority: 5 }, ({ email }) => email ?? '-'),
    column('phone', 'Phone', 14, { priority: 2 }, ({ phone }) => phone ?? '-'),
    column('method', 'Method', 12, { priority: 1 }, ({ method }) => methodText(method)),
    {
      ...column('state', 'State', 10, {}, (user) => stateText(user, state(user))),
      token: (user) => stateToken(user, state(user)),
    },
    column('source', 'Source', 15, { priority: 4 }, ({ source }) => sourceNames[source]),
    column('lastAuthenticated', 'Last used', 16, { priority: 3 }, ({ lastAuthenticatedAt }) =>
      lastAuthenticatedAt === null ? '-' : momentText(lastAuthenticatedAt, now()),
    ),
  ];
}

function column(
  id: SortColumn,
  title: string,
  minWidth: number,
  room: { readonly flex?: number; readonly priority?: number },
  value: (user: User) => string,
): TableColumn<User> & { readonly id: SortColumn } {
  return { id, title, minWidth, ...room, isSortable: true, value };
}

function methodText(method: Method | null): string {
  return method === null ? '-' : methodNames[method];
}

/** In ten columns. Whoever is enabled without a method cannot authenticate, which is what counts. */
function stateText(user: User, state: UserState): string {
  if (state === 'enabled' && user.method === null) return 'no method';
  return state === 'pinChangeRequired' ? 'PIN change' : stateNames[state];
}

function stateToken(user: User, state: UserState): Token | undefined {
  if (state === 'blocked' || state === 'lockedOut') return 'error';
  if (state === 'disabled') return 'disabled';
  return state === 'enabled' && user.method !== null ? undefined : 'warning';
}
