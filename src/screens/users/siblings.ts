import { countText } from '../../core/count-text.ts';
import type { User } from '../../core/users/user.ts';
import type { Users } from '../../core/users/users.ts';
import type { Table } from '../widgets/table/table.ts';

/** The users among whom an edit dialog goes to the previous and the next one. */
export interface Siblings {
  /** The neighbour in a direction; undefined at the end. */
  go(by: 1 | -1): Promise<User | undefined>;
  /** "3 of 37". */
  position(): string;
}

/** Through the list as it is filtered and sorted; its cursor goes along. */
export function listSiblings(table: Table<User>): Siblings {
  return {
    async go(by) {
      const { cursor } = table.state();
      table.dispatch({ type: 'move', by });
      await table.settled();
      return table.state().cursor === cursor ? undefined : table.current();
    },
    position() {
      const { cursor, total } = table.state();
      return `${countText(cursor + 1)} of ${countText(total ?? 0)}`;
    },
  };
}

/** Through the marked users, from the one with the cursor on. */
export function markedSiblings(
  users: Pick<Users, 'byIds'>,
  ids: readonly number[],
  current: number | undefined,
): Siblings {
  let at = ids.indexOf(current ?? -1);
  return {
    async go(by) {
      // Those who were removed meanwhile are passed over.
      for (let next = at + by; next >= 0 && next < ids.length; next += by) {
        const [user] = users.byIds([ids[next] ?? -1]);
        if (user === undefined) continue;
        at = next;
        return user;
      }
      return undefined;
    },
    position: () => (at === -1 ? `${countText(ids.length)} marked` : `${at + 1} of ${ids.length} marked`),
  };
}
