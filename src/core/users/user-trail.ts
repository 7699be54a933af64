import { type AuditEvent, auditTrail } from '../audit/audit-query.ts';
import type { Store } from '../store/store.ts';

/** What was done to the user of a name, the newest first, under earlier names too; at most `limit` events. */
export function userTrail(store: Store, username: string, limit: number): AuditEvent[] {
  const trail: AuditEvent[] = [];
  let name: string | null = username;
  while (name !== null && trail.length < limit) {
    const events: AuditEvent[] = auditTrail(store, name, limit - trail.length, trail.at(-1)?.sequence);
    const renamed = events.findIndex((event) => nameBefore(event) !== null);
    trail.push(...(renamed === -1 ? events : events.slice(0, renamed + 1)));
    name = renamed === -1 ? null : nameBefore(events[renamed]);
  }
  return trail;
}

/** The name that a user had before an event; null for an event that is no rename. */
function nameBefore(event: AuditEvent | undefined): string | null {
  const fields = event?.details?.fields as Record<string, unknown> | null | undefined;
  const change = fields?.username;
  if (!Array.isArray(change)) return null;
  const [before, now] = change;
  return typeof before === 'string' && now === event?.target && before !== now ? before : null;
}
