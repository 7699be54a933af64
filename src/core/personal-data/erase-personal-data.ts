import { eraseEvents } from '../audit/erase-events.ts';
import type { Core } from '../core.ts';
import type { Selection } from '../directory/directory.ts';
import { isMfaError, MfaError } from '../errors.ts';
import type { RunRequest, SyncRequest } from '../runs/run.ts';
import type { Store } from '../store/store.ts';
import { forgetRevisit } from '../store/sync-revisits.ts';
import type { RunRow } from '../store/tables.ts';
import { deleteUserRow } from '../store/user-rows.ts';
import { findPersonalData, type PersonalData } from './personal-data.ts';
import { countRunLines, eraseRunLines } from './run-lines.ts';

export interface EraseOptions {
  /** Why, such as the number of a request; it stands in the audit log, so it should not name the person. */
  readonly reason: string;
  /** Count, and change nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What was erased, or would be. */
export interface Erasure {
  /** The username in use last. */
  readonly username: string;
  /** Whether the person was still a user. */
  readonly wasUser: boolean;
  /** Whether the person came from the directory, and may come back. */
  readonly wasFromDirectory: boolean;
  readonly events: number;
  readonly runLines: number;
  readonly mails: number;
  /** Whether the file of the database was written anew, so that nothing erased is left in its free space. */
  readonly isCompacted: boolean;
}

/**
 * Removes a user and erases what the audit log, the logs of runs and the outbox tell of them, now and under earlier
 * usernames. Erased events stay in the chain under a seal; see `eraseEvents`. Not in reach are backups, copies that
 * were made before a migration, and what was exported or sent.
 * @throws {MfaError} `user.notFound`; `user.invalid` without a reason; `mail.notPossible` while a mail to the person is
 *   on its way; `audit.broken`
 */
export function erasePersonalData(core: Core, name: string, options: EraseOptions): Erasure {
  const reason = options.reason.trim();
  if (reason === '') {
    throw new MfaError('user.invalid', 'An erasure needs a reason.', {
      advice: 'Name the request, not the person: the reason stays in the audit log.',
      fields: { reason: 'is needed' },
    });
  }
  const { store, audit } = core;
  if (options.dryRun) return count(store, findPersonalData(core, name));
  const erasure = store.transaction(() => {
    const data = findPersonalData(core, name);
    const found = count(store, data);
    requireNoneOnTheWay(store, data);
    eraseEvents(store, audit.key, data.events);
    eraseRunLines(store, data);
    eraseFromRequests(store, data);
    store
      .prepare('DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))')
      .run(json([...data.mails, ...data.notices]));
    if (data.user !== null) {
      deleteUserRow(store, data.user.id);
      forgetRevisit(store, data.user.directoryId);
    }
    const { username: _, isCompacted: __, ...counts } = found;
    audit.append({ action: 'user.erased', reason, details: counts });
    return found;
  });
  return { ...erasure, isCompacted: compact(store) };
}

/** What was erased stays erased, whoever is in the way of this. */
function compact(store: Store): boolean {
  try {
    return store.compact();
  } catch (error) {
    if (isMfaError(error, 'store.busy') || isMfaError(error, 'store.full')) return false;
    throw error;
  }
}

function count(store: Store, data: PersonalData): Erasure {
  const [username = ''] = data.usernames;
  return {
    username,
    wasUser: data.user !== null,
    wasFromDirectory: data.user !== null && data.user.directoryId !== null,
    events: data.events.length,
    runLines: countRunLines(store, data),
    mails: data.mails.length,
    isCompacted: false,
  };
}

function requireNoneOnTheWay(store: Store, { mails, notices }: PersonalData): void {
  const sending = store
    .prepare(
      `SELECT 1 FROM outbox WHERE state = 'sending' AND id IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(json([...mails, ...notices]));
  if (sending === undefined) return;
  throw new MfaError('mail.notPossible', 'A mail to this person is being sent at this moment.', {
    advice: 'Try again when it has arrived; "mfa-console email outbox list" shows it.',
  });
}

/** Runs that looked for marked people have a list of their names, synchronizations of one user that name. */
function eraseFromRequests(store: Store, { aliases }: PersonalData): void {
  const rows = store
    .prepare<Pick<RunRow, 'id' | 'purpose' | 'request'>>(
      `SELECT id, purpose, request FROM runs WHERE request LIKE '%"names":[%' OR request LIKE '%"user":"%'`,
    )
    .all();
  for (const { id, purpose, request } of rows) {
    const erased = JSON.stringify(
      purpose === 'import'
        ? withoutSelected(JSON.parse(request) as RunRequest, aliases)
        : withoutUser(JSON.parse(request) as SyncRequest, aliases),
    );
    if (erased !== request) store.prepare('UPDATE runs SET request = ? WHERE id = ?').run(erased, id);
  }
}

function withoutSelected(request: RunRequest, aliases: ReadonlySet<string>): RunRequest {
  return { ...request, selection: withoutNames(request.selection, aliases) };
}

function withoutUser(request: SyncRequest, aliases: ReadonlySet<string>): SyncRequest {
  const isPerson = request.user !== null && aliases.has(request.user.toLowerCase());
  return isPerson ? { ...request, user: 'erased' } : request;
}

function withoutNames<Some extends Selection>(selection: Some, aliases: ReadonlySet<string>): Some {
  if (selection.scope === 'several') {
    const selections = selection.selections.map((one) => withoutNames(one, aliases));
    return { ...selection, selections };
  }
  if (selection.scope !== 'users') return selection;
  return { ...selection, names: selection.names.filter((name) => !aliases.has(name.toLowerCase())) };
}

function json(list: readonly unknown[]): string {
  return JSON.stringify(list);
}
