import type { Core } from '../core.ts';
import { noticeKinds } from '../email/templates/template-key.ts';
import { isMfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { User } from '../users/user.ts';
import { type NameSpan, nameSpans } from './name-spans.ts';

/** A person, and where this server knows something of them. */
export interface PersonalData {
  /** Null for one who was removed: log, runs and outbox may still tell of them. */
  readonly user: User | null;
  /** All usernames that the person has had, the present one first. */
  readonly usernames: readonly string[];
  /** What else may name the person in a selection or as an address, in lower case. */
  readonly aliases: ReadonlySet<string>;
  /** Sequences of the audit events that tell of the person, the oldest first. */
  readonly events: readonly number[];
  /** Ids of the mails to the person. */
  readonly mails: readonly number[];
  /** Ids of mails to administrators whose text names the person beside others. */
  readonly notices: readonly number[];
}

type Source = Pick<Core, 'store' | 'users'>;

/** Whose targets are no users, though a user may be called the same. */
const nounsOfOthers = [
  'settings',
  'email',
  'template',
  'run',
  'directory',
  'installation',
  'backup',
  'audit',
];

/**
 * Finds what is stored about a person, under every username that was theirs. Several lives of a username, removed and
 * added again, count as one person.
 * @throws {MfaError} `user.notFound` when nothing is known of the name
 */
export function findPersonalData(core: Source, name: string): PersonalData {
  const { store } = core;
  const user = findUser(core, name);
  const spans = nameSpans(store, user?.username ?? name.trim(), user?.directoryId ?? null);
  const usernames = [...new Set(spans.map((span) => span.name))];
  const aliases = aliasesOf(user, usernames);
  const events = [...spans.flatMap((span) => eventsOf(store, span)), ...eventsNaming(store, aliases)];
  const mails = mailsOf(store, user, usernames);
  // Throws with the usernames that may have been meant.
  if (user === null && events.length + mails.length === 0) core.users.find(name);
  const notices = noticesNaming(store, usernames);
  return { user, usernames, aliases, events: [...new Set(events)].sort((a, b) => a - b), mails, notices };
}

function findUser({ users }: Source, name: string): User | null {
  try {
    return users.find(name);
  } catch (error) {
    if (isMfaError(error, 'user.notFound')) return null;
    throw error;
  }
}

function aliasesOf(user: User | null, usernames: readonly string[]): ReadonlySet<string> {
  const accounts = usernames.flatMap((username) => [username, username.split('@')[0]]);
  const all = [...accounts, user?.email, user?.directoryDn, user?.directoryId];
  return new Set(all.flatMap((alias) => (alias ? [alias.toLowerCase()] : [])));
}

function eventsOf(store: Store, { name, after, last }: NameSpan): number[] {
  return store
    .prepare<{ sequence: number }>(
      `SELECT sequence FROM audit_events WHERE target = ? AND sequence > ? AND sequence <= ?
         AND substr(action, 1, instr(action, '.') - 1) NOT IN (SELECT value FROM json_each(?))`,
    )
    .all(name, after, last, JSON.stringify(nounsOfOthers))
    .map(({ sequence }) => sequence);
}

/** Events that name a person beside others: who was chosen for an import, where a test mail went. */
function eventsNaming(store: Store, aliases: ReadonlySet<string>): number[] {
  return store
    .prepare<{ sequence: number }>(
      `SELECT sequence FROM audit_events WHERE action IN ('run.finished', 'run.approved', 'email.tested')
         AND EXISTS (SELECT 1 FROM json_each(?) AS alias
           WHERE lower(target) = alias.value OR instr(lower(details), json_quote(alias.value)) > 0)`,
    )
    .all(JSON.stringify([...aliases]))
    .map(({ sequence }) => sequence);
}

function mailsOf(store: Store, user: User | null, usernames: readonly string[]): number[] {
  return store
    .prepare<{ id: number }>(
      `SELECT id FROM outbox WHERE user_id = ?
         OR (user_id IS NULL AND username IN (SELECT value FROM json_each(?))
           AND kind NOT IN (SELECT value FROM json_each(?))) ORDER BY id`,
    )
    .all(user?.id ?? null, JSON.stringify(usernames), JSON.stringify(noticeKinds))
    .map(({ id }) => id);
}

/** A name within another one counts, too: what is lost with it has been read. */
function noticesNaming(store: Store, usernames: readonly string[]): number[] {
  return store
    .prepare<{ id: number }>(
      `SELECT id FROM outbox WHERE kind IN (SELECT value FROM json_each(?))
         AND EXISTS (SELECT 1 FROM json_each(?) AS name
           WHERE instr(lower(content), trim(json_quote(lower(name.value)), '"')) > 0) ORDER BY id`,
    )
    .all(JSON.stringify(noticeKinds), JSON.stringify(usernames))
    .map(({ id }) => id);
}
