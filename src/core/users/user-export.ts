import { timestamp } from '../clock.ts';
import { type ExportFormat, exportParts } from '../export-parts.ts';
import type { UserRow } from '../store/tables.ts';
import { whereAll } from './count-users.ts';
import { conditionsOf } from './filter-conditions.ts';
import type { User } from './user.ts';
import { csvCells, exportColumns } from './user-csv.ts';
import { parseUserFilter } from './user-filter.ts';
import { userJson } from './user-json.ts';
import { usersByIds } from './user-list.ts';
import { userFromRow } from './user-row.ts';
import type { UsersContext } from './users-context.ts';

const usersPerPart = 500;

/**
 * All users who pass a filter, by username, or those with the given ids, in their order, as parts of one text:
 * CSV that an import takes back unchanged, or a JSON document `{"users":[...]}`. Needs memory for one part only.
 * @throws {MfaError} `filter.invalid`
 */
export function exportUsers(
  context: UsersContext,
  format: ExportFormat,
  which: string | readonly number[] = '',
): Iterable<string> {
  const now = timestamp(context.clock());
  const pages =
    typeof which === 'string'
      ? pagesOf(context, whereAll(conditionsOf(parseUserFilter(which), now)))
      : pagesOfIds(context, which);
  return exportParts(format, pages, {
    name: 'users',
    json: (user) => userJson(user, now),
    columns: exportColumns,
    cells: (user) => csvCells(user, now),
  });
}

function* pagesOfIds(context: UsersContext, ids: readonly number[]): Generator<User[]> {
  for (let start = 0; start < ids.length; start += usersPerPart) {
    const users = usersByIds(context, ids.slice(start, start + usersPerPart));
    if (users.length > 0) yield users;
  }
}

/** Page after page through the index of usernames: others may write in between. */
function* pagesOf(context: UsersContext, where: ReturnType<typeof whereAll>): Generator<User[]> {
  const { store } = context;
  const rest = where.sql.replace(' WHERE ', ' AND ');
  const page = store.prepare<UserRow>(
    `SELECT * FROM users INDEXED BY users_username WHERE username_key > ?${rest}
     ORDER BY username_key LIMIT ${usersPerPart}`,
  );
  let after = '';
  for (;;) {
    const rows = page.all(after, ...where.parameters);
    if (rows.length > 0) yield rows.map(userFromRow);
    if (rows.length < usersPerPart) return;
    after = rows.at(-1)?.username_key ?? after;
  }
}
