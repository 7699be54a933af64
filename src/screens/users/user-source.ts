import type { User } from '../../core/users/user.ts';
import type { ListOptions, SortColumn } from '../../core/users/user-list.ts';
import type { Users } from '../../core/users/users.ts';
import type { RowQuery, RowSource } from '../widgets/table/row-source.ts';

/** A refreshed list looks for the row under the cursor so many rows up and down. */
const rowsAround = 500;

/** Users as the rows of a list. */
export function userSource(users: Pick<Users, 'list' | 'listIds'>): RowSource<User> {
  return {
    async load(query, offset, limit) {
      // The first page may be an estimate, so that typing is answered at once; further ones must not lead
      // behind the end.
      const options = { ...listOptions(query), offset, limit, exactTotal: offset > 0 };
      const page = users.list(options);
      const totalOfAll = query.filter.trim() === '' ? page.total : users.listIds({ limit: 0 }).total;
      return { rows: page.users, total: page.total, totalOfAll, isEstimate: !page.isTotalExact };
    },
    async ids(query, offset, limit) {
      return users.listIds({ ...listOptions(query), offset, limit }).ids.map(String);
    },
    async locate(query, id, near) {
      const offset = Math.max(0, near - rowsAround);
      const { ids } = users.listIds({ ...listOptions(query), offset, limit: 2 * rowsAround });
      const index = ids.indexOf(Number(id));
      return index === -1 ? null : offset + index;
    },
  };
}

function listOptions({ filter, sort }: RowQuery): ListOptions {
  return {
    filter,
    ...(sort !== null && { sort: sort.column as SortColumn, descending: sort.isDescending }),
  };
}
