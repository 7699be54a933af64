import { addSeconds, timestamp } from '../../../clock.ts';
import type { Lease } from '../../../runs/lease.ts';
import type { EmailSettings } from '../../email-settings.ts';
import { MailFiles } from '../../mail-files.ts';
import type { OutboxContext } from '../outbox-context.ts';

/** Rows per transaction: short enough to let other processes in between. */
const chunkSize = 500;
const daySeconds = 86_400;

/**
 * Removes mails to which nothing happened for as many days as the settings keep them, with the PINs that are sealed in
 * them, and the attachments that nothing else has. Mails that wait stay.
 * @returns whether more are to be removed
 */
export function pruneMails(
  { store, audit, clock }: OutboxContext,
  lease: Lease,
  { keepDays }: EmailSettings,
): boolean {
  const before = timestamp(addSeconds(clock(), -keepDays * daySeconds));
  return store.transaction(() => {
    lease.assertHeld();
    const { changes } = store
      .prepare(
        `DELETE FROM outbox WHERE id IN
           (SELECT id FROM outbox WHERE finished_at < ? AND state NOT IN ('queued', 'sending') LIMIT ?)`,
      )
      .run(before, chunkSize);
    if (changes > 0)
      audit.append({ action: 'mail.removed', target: 'outbox', details: { mails: changes, before } });
    const isMore = changes === chunkSize;
    if (changes > 0 && !isMore) new MailFiles(store).removeUnused();
    return isMore;
  });
}
