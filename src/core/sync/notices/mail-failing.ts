import { hostname } from 'node:os';
import { type Clock, timestamp } from '../../clock.ts';
import type { Outbox } from '../../email/outbox/outbox.ts';
import type { Runs } from '../../runs/runs.ts';
import type { CompanySettings } from '../../settings/company-settings.ts';
import type { Store } from '../../store/store.ts';
import { readSyncHistory } from '../schedule/sync-history.ts';
import { isDayAgo, syncNoticesDocument } from './sync-notices.ts';

export interface FailingContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: string;
  readonly runs: Runs;
  readonly companySettings: { load(): CompanySettings };
  readonly outbox: Pick<Outbox, 'openNotices'>;
}

/** Tells the administrators once a day that synchronization fails, when it has done so for a day. */
export async function mailFailing(context: FailingContext): Promise<void> {
  const { store, clock, actor, runs, companySettings, outbox } = context;
  const isDue = () => {
    const { failingSince } = readSyncHistory(store, runs);
    const { failingMailedAt } = syncNoticesDocument(store, clock, actor).load();
    if (failingSince === null || !isDayAgo(failingSince, clock())) return false;
    return failingMailedAt === null || isDayAgo(failingMailedAt, clock());
  };
  if (!isDue()) return;
  const notices = await outbox.openNotices();
  store.transaction(() => {
    const { failingSince, failures, newest } = readSyncHistory(store, runs);
    if (!isDue() || failingSince === null) return;
    notices.add('syncFailing', {
      server: hostname(),
      run: String(newest?.id ?? ''),
      failing_since: `${failingSince.slice(0, 16).replace('T', ' ')} UTC`,
      failures: String(failures),
      error: newest?.error?.message ?? '',
      company_name: companySettings.load().companyName,
    });
    const document = syncNoticesDocument(store, clock, actor);
    document.save({ ...document.load(), failingMailedAt: timestamp(clock()) });
  });
}
