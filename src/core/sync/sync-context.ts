import type { AttributeMap } from '../directory/attributes.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import type { ImportSettings } from '../import/desired-fields.ts';
import type { RunServices } from '../import/run-writer.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import { scopeOfAll } from './scope.ts';
import type { SyncItems } from './sync-items.ts';
import type { SyncSettings, syncStateSchema } from './sync-settings.ts';

/** What a synchronization works with. */
export interface SyncServices extends RunServices {
  outbox: Pick<Outbox, 'openQueue' | 'openNotices'>;
  items: SyncItems;
  settings: ImportSettings;
  attributes: AttributeMap;
  syncSettings: { load(): SyncSettings };
  state: SettingsDocument<typeof syncStateSchema>;
  companySettings: { load(): CompanySettings };
  directorySettings: { load(): DirectorySettings };
}

/** The scope of everything as it is stored now; see {@link scopeOfAll}. */
export function currentScope({
  items,
  directorySettings,
  companySettings,
}: Pick<SyncServices, 'items' | 'directorySettings' | 'companySettings'>): string {
  return scopeOfAll(items.list(), directorySettings.load(), companySettings.load());
}
