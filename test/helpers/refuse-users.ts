import type { Store } from '../../src/core/store/store.ts';

/**
 * Makes the database refuse some users with the message "refused".
 * @param condition SQL about the row as it would be: `new.username = 'ben'`
 * @returns what makes it take them again
 */
export function refuseUsers(store: Store, event: 'INSERT' | 'UPDATE', condition: string): () => void {
  store
    .prepare(
      `CREATE TRIGGER refusal BEFORE ${event} ON users WHEN ${condition}
       BEGIN SELECT RAISE(ABORT, 'refused'); END`,
    )
    .run();
  return () => {
    store.prepare('DROP TRIGGER refusal').run();
  };
}
