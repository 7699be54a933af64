import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { Store } from '../store/store.ts';

/** What everything about users works with. */
export interface UsersContext {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Who acts, as it stands in `updatedBy` and in the audit log. */
  readonly actor: string;
  readonly companySettings: { load(): CompanySettings };
}
