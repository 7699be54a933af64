import { type AuditEvent, eventsBetween } from '../audit/audit-query.ts';
import { timestamp } from '../clock.ts';
import type { Core } from '../core.ts';
import type { MailContent } from '../email/mail-content.ts';
import { mailJson } from '../email/outbox/mail-json.ts';
import { userJson } from '../users/user-json.ts';
import { findPersonalData } from './personal-data.ts';
import { type RunLine, runLinesOf } from './run-lines.ts';

/** All that is stored about a person, as scripts and the person read it. Names of the fields are stable. */
export interface PersonalDataExport {
  exportedAt: string;
  /** Null for one who was removed. */
  user: ReturnType<typeof userJson> | null;
  /** All usernames that the person has had, the present one first. */
  usernames: readonly string[];
  /** What was done to the person, and by whom; the oldest first. */
  events: AuditEvent[];
  /** What previews and imports found of the person without changing anything. */
  runLines: RunLine[];
  /** With their texts, in which PINs are hidden. */
  mails: (ReturnType<typeof mailJson> & { content: MailContent | null })[];
}

/**
 * Collects all that is stored about a person, without PINs and other secrets, and notes that in the audit log.
 * @throws {MfaError} `user.notFound`
 */
export function exportPersonalData(core: Core, name: string, options: { dryRun?: boolean | undefined } = {}) {
  const { store, audit, clock, outbox } = core;
  return store.transaction((): PersonalDataExport => {
    const { user, usernames, events, mails } = findPersonalData(core, name);
    const now = timestamp(clock());
    if (!options.dryRun) audit.append({ action: 'user.dataExported', target: usernames[0] ?? name });
    return {
      exportedAt: now,
      user: user === null ? null : userJson(user, now),
      usernames,
      events: events.flatMap((sequence) => eventsBetween(store, sequence, sequence)),
      runLines: runLinesOf(store, { user, usernames }),
      mails: mails.map((id) => {
        const { content, ...mail } = outbox.find(id);
        return { ...mailJson(mail), content };
      }),
    };
  });
}
