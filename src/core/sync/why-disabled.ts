import type { Store } from '../store/store.ts';
import type { User } from '../users/user.ts';

/** Why synchronization has disabled a user, and in which run; null when it has not, or the user is enabled again. */
export function whyDisabled(user: User, store: Store): string | null {
  if (user.enabled || user.disabledBySynchronizationAt === null) return null;
  const event = store
    .prepare<{ run: number; reason: string | null }>(
      `SELECT reason, details ->> '$.run' AS run FROM audit_events
       WHERE target = ? AND action = 'user.disabled' AND details ->> '$.run' IS NOT NULL
       ORDER BY sequence DESC LIMIT 1`,
    )
    .get(user.username);
  // Old events are trimmed, and a user may have been called otherwise then.
  if (event?.reason == null) return 'synchronization: it has disabled this user';
  return `synchronization, run ${event.run}: ${event.reason}`;
}
