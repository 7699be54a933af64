import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import type { CompanySettings } from '../../settings/company-settings.ts';
import type { SettingsDocument } from '../../settings/settings-document.ts';
import type { Store } from '../../store/store.ts';
import type { deliveryHealthDocument } from '../delivery-health.ts';
import type { emailSettingsSchema } from '../email-settings.ts';

/** What everything about the outbox works with. */
export interface OutboxContext {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  /** Who acts, as it stands in `queuedBy` and in the audit log. */
  readonly actor: string;
  readonly secrets: Secrets;
  readonly emailSettings: SettingsDocument<typeof emailSettingsSchema>;
  readonly deliveryHealth: ReturnType<typeof deliveryHealthDocument>;
  readonly companySettings: { load(): CompanySettings };
}
