import type { User } from '../../core/users/user.ts';
import type { ListOptions } from '../../core/users/user-list.ts';
import { exportList } from '../files/export-list.ts';
import type { ScreenContext } from '../shell/screen.ts';
import { markedIds } from '../widgets/table/marks.ts';
import type { Table } from '../widgets/table/table.ts';

const usersPerPart = 500;

/** Writes users to a file that only this account may read. */
export async function exportUsers(context: ScreenContext, table: Table<User>): Promise<void> {
  const { users } = context.core;
  const { query, marks } = table.state();
  const filter = query.filter.trim();
  const count = (options: ListOptions) => users.listIds({ ...options, limit: 0 }).total;
  await exportList(context, {
    title: 'Export users',
    text: 'PINs are not exported.',
    things: 'Users',
    exampleFile: 'users.csv',
    markedIds: markedIds(marks).map(Number),
    filter,
    matching: count({ filter, exactTotal: true }),
    all: count({}),
    perPart: usersPerPart,
    parts: (format, which) => users.export(format, which),
  });
}
