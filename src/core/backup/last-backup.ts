import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';

const lastBackupSchema = z.object({
  /** ISO 8601 UTC; null before the first one. */
  writtenAt: z.string().nullable().default(null),
  file: z.string().nullable().default(null),
});

export type LastBackup = z.infer<typeof lastBackupSchema>;

/** When and where the last backup was written, in a row of its own: status asks for it at every call. */
export function lastBackupDocument(store: Store, clock: Clock, actor: string) {
  return new SettingsDocument(store, clock, actor, 'backup', lastBackupSchema);
}
