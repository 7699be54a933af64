import type { AttributeMap } from '../directory/attributes.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import type { RunServices } from '../import/run-writer.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import type { Approved } from './held-changes.ts';
import type { SyncDirectory } from './sync-directory.ts';
import type { SyncItems } from './sync-items.ts';
import type { SyncSettings, syncStateSchema } from './sync-settings.ts';

/** What a synchronization works with. */
export interface SyncServices extends RunServices {
  outbox: Pick<Outbox, 'openQueue' | 'openNotices'>;
  items: SyncItems;
  settings: CompanySettings;
  attributes: AttributeMap;
  syncSettings: SyncSettings;
  state: SettingsDocument<typeof syncStateSchema>;
  directorySettings: { load(): DirectorySettings };
  directory: SyncDirectory;
}

/** Whom a run is about. */
export interface SyncScope {
  /** Directory ids of single users; null for everybody. */
  among: readonly string[] | null;
  /** What was approved: then nothing else is done. */
  approved: Approved | null;
}
