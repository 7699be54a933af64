import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import { SettingsDocument } from '../../settings/settings-document.ts';
import type { Store } from '../../store/store.ts';

const syncNoticesSchema = z.object({
  /** The run whose held changes the administrators were told of last, and when; null before the first. */
  approval: z.object({ runId: z.number(), mailedAt: z.string() }).nullable().default(null),
  /** When they were told last that synchronization fails. */
  failingMailedAt: z.string().nullable().default(null),
});

/** In a row of its own among the settings: what administrators know already. */
export function syncNoticesDocument(store: Store, clock: Clock, actor: string) {
  return new SettingsDocument(store, clock, actor, 'synchronizationNotices', syncNoticesSchema);
}

const dayMs = 86_400_000;

/** Whether a day has passed; so it has when the clock was set back. @param at ISO 8601 */
export function isDayAgo(at: string, now: Date): boolean {
  const passed = now.getTime() - Date.parse(at);
  return passed >= dayMs || passed < 0;
}
