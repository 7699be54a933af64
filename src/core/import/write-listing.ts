import type { DirectoryPage } from '../directory/directory.ts';
import type { SendEmailRule } from '../email/outbox/send-email-rule.ts';
import { inBatches, inParts, joined } from './batches.ts';
import { unusableLine } from './change-lines.ts';
import type { Planner } from './plan.ts';
import type { RunWriter } from './run-writer.ts';

/** What a listing had, whether or not somebody of it was planned before. */
export interface Listed {
  users: number;
  /** Entries that may be somebody and cannot be read. */
  hiddenDns: string[];
}

/** Plans and writes everybody of a listing, batch by batch. Its end means "that was everybody". */
export async function writeListing(
  writer: RunWriter,
  planner: Planner,
  listing: AsyncIterable<DirectoryPage>,
  sendEmail: SendEmailRule,
): Promise<Listed> {
  const mails = await writer.openMails(sendEmail);
  const listed: Listed = { users: 0, hiddenDns: [] };
  for await (const batch of inBatches(listing)) {
    await writer.batch(function* () {
      // Known people may swap their usernames, which is seen only where they are looked at together.
      const parts = planner.areMostNew ? inParts(batch) : [joined(batch)];
      for (const { users, unusable } of parts) {
        const changes = planner.plan(users);
        const lines = unusable.map(unusableLine);
        yield { read: changes.length + lines.length, lines, changes, mails };
        listed.users += users.length;
        for (const { dn, isHidden } of unusable) if (isHidden) listed.hiddenDns.push(dn);
      }
    });
    if (writer.isWriting) planner.applied();
  }
  return listed;
}
