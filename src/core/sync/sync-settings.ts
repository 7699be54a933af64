import * as z from 'zod';
import { changeCursorSchema } from '../directory/changes.ts';

/** How and when items are synchronized. */
export const syncSettingsSchema = z.object({
  /** Whether the service synchronizes by itself. */
  enabled: z.boolean().default(false),
  /** From start to start, in minutes. */
  intervalMinutes: z.number().int().min(1).max(1440).default(60),
  /** Never only what changed. */
  alwaysFull: z.boolean().default(false),
  /** Everybody is read at least so often, in hours: some directories do not tell who was deleted. */
  fullEveryHours: z.number().int().min(1).max(720).default(24),
  /** Users whom the directory calls deleted are removed, whatever their item says of leavers. */
  removeDeleted: z.boolean().default(false),
  /** More users than this to be disabled, or to be removed, wait for approval. */
  approvalCount: z.number().int().min(1).max(999).default(5),
  /** So does a larger part than this of all users of items, in percent, from 100 of them up. */
  approvalPercent: z.number().int().min(1).max(100).default(20),
});
export type SyncSettings = z.infer<typeof syncSettingsSchema>;

/** What the last synchronization of everybody was of, to know what the next one has to read. */
export const syncStateSchema = z.object({
  /** The scope of all items; see `scopeOfAll`. Null before the first. */
  scope: z.string().nullable().default(null),
  /** By the id of an item: its scope when nobody of it was held. */
  itemScopes: z.record(z.string(), z.string()).default({}),
  /** The directory that they were in; see `directoryScope`. */
  directory: z.string().nullable().default(null),
  /** When the certificate of its server expires, as that has shown it; null without encryption. */
  certificateExpiresAt: z.string().nullable().default(null),
  runId: z.number().nullable().default(null),
  finishedAt: z.string().nullable().default(null),
  /** When everybody was read the last time, by a run that came to its end. */
  fullAt: z.string().nullable().default(null),
  /** Up to where the directory was read, to read only what changed since; null when that cannot be done. */
  cursor: changeCursorSchema.nullable().default(null),
});
export type SyncState = z.infer<typeof syncStateSchema>;
