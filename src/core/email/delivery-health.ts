import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';

const deliveryHealthSchema = z.object({
  /** How often in a row the mail server could not be used; 0 when it could, or was not tried yet. */
  failures: z.number().default(0),
  /** ISO 8601 UTC; null when nothing is wrong. */
  failingSince: z.string().nullable().default(null),
  /** What is wrong, in a sentence with the server's words. */
  why: z.string().nullable().default(null),
  /** Until when no mail is tried, ISO 8601 UTC. */
  pausedUntil: z.string().nullable().default(null),
});

/** Whether mails can be handed over at all, whichever process does it. */
export type DeliveryHealth = z.infer<typeof deliveryHealthSchema>;

export const soundDelivery: DeliveryHealth = deliveryHealthSchema.parse({});

/** In a row of its own among the settings: every process that shows mails reads it. */
export function deliveryHealthDocument(store: Store, clock: Clock, actor: string) {
  return new SettingsDocument(store, clock, actor, 'emailDelivery', deliveryHealthSchema);
}
