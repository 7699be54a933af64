import type { AuditLog } from '../audit/audit-log.ts';
import { attributeMap } from '../directory/attributes.ts';
import type { Directory, Selection, SingleSelection } from '../directory/directory.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import { MfaError } from '../errors.ts';
import type { RunOptions, RunServices } from '../import/run-writer.ts';
import { plainText } from '../plain-text.ts';
import type { SyncRequest, SyncRun } from '../runs/run.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import { findUserRow } from '../users/find-user.ts';
import { Approvals } from './approvals.ts';
import { assignSyncSettings, type SyncSettingChanges } from './change-sync-settings.ts';
import type { Explanation } from './explain.ts';
import { readSyncSchedule, type SyncSchedule } from './schedule/sync-schedule.ts';
import { scopeOfAll } from './scope.ts';
import type { SyncScope, SyncServices } from './sync-context.ts';
import type { SyncDirectory } from './sync-directory.ts';
import type { ItemSelection } from './sync-item.ts';
import { SyncItems } from './sync-items.ts';
import type { SyncSettings, SyncState, syncSettingsSchema, syncStateSchema } from './sync-settings.ts';

export interface SynchronizationContext extends RunServices {
  readonly outbox: Pick<Outbox, 'openQueue' | 'openNotices'>;
  readonly audit: AuditLog;
  readonly companySettings: { load(): CompanySettings };
  readonly directorySettings: { load(): DirectorySettings };
  readonly syncSettings: SettingsDocument<typeof syncSettingsSchema>;
  readonly syncState: SettingsDocument<typeof syncStateSchema>;
  /** Connects to the configured directory. */
  openDirectory(signal?: AbortSignal): Promise<Directory>;
  /** Lists users of the configured directory fast; see `openUserReader`. */
  listUsers: Directory['users'];
}

export interface SyncOrder {
  /** Everybody is read, even where changes could be. Left out: as the settings say. */
  full?: boolean;
  /** A username, DN or directory id: only this user is synchronized. */
  user?: string | undefined;
  /** The service does it because it is due. */
  scheduled?: boolean;
}

/** What is open about synchronization, for Status. */
export interface SyncHealth {
  awaitingApproval: readonly SyncRun[];
  /** Items, filters, attributes or the directory were changed since everybody was synchronized. */
  isDue: boolean;
  state: SyncState;
}

/** Users kept in step with the directory: items, runs, approvals. */
export class Synchronization {
  readonly items: SyncItems;
  readonly approvals: Approvals;
  readonly #context: SynchronizationContext;

  constructor(context: SynchronizationContext) {
    this.#context = context;
    this.items = new SyncItems(context);
    this.approvals = new Approvals(context);
  }

  settings(): SyncSettings {
    return this.#context.syncSettings.load();
  }

  /**
   * Changes settings that are given as text, all or none, with one audit event.
   * @param options.version the one that the change was made from; left out overwrites whatever there is
   * @throws {MfaError} `settings.unknown`, `settings.invalid`, `settings.changed`
   */
  changeSettings(
    assignments: ReadonlyMap<string, string>,
    { dryRun = false, version }: { dryRun?: boolean; version?: number } = {},
  ): { settings: SyncSettings; changed: SyncSettingChanges } {
    const { store, audit, syncSettings } = this.#context;
    return store.transaction(() => {
      syncSettings.requireVersion(version, 'The settings of synchronization');
      const result = assignSyncSettings(syncSettings.load(), assignments);
      if (dryRun || Object.keys(result.changed).length === 0) return result;
      syncSettings.save(result.settings);
      audit.append({
        action: 'settings.changed',
        target: 'synchronization',
        details: { fields: result.changed },
      });
      return result;
    });
  }

  health(): SyncHealth {
    const { runs, syncState, directorySettings } = this.#context;
    const state = syncState.load();
    const items = this.items.list();
    const isDue = items.length > 0 && state.scope !== scopeOfAll(items, directorySettings.load());
    return { awaitingApproval: runs.awaitingApproval(), isDue, state };
  }

  /** What the service does by itself: when, and how that went. Quick, for asking again and again. */
  schedule(): SyncSchedule {
    return readSyncSchedule({ ...this.#context, items: this.items });
  }

  /**
   * The selection of an item, by the directory id of what a DN names.
   * @throws {MfaError} `directory.*`; `sync.itemInvalid` for single users, who are no selection to be kept in step
   */
  async identify(selection: Selection, signal?: AbortSignal): Promise<ItemSelection> {
    if (selection.scope === 'filter') return { scope: 'filter', filter: selection.filter };
    if (selection.scope === 'users' || selection.scope === 'several') {
      throw new MfaError('sync.itemInvalid', 'An item takes a container, a group or a filter.');
    }
    const directory = await this.#context.openDirectory(signal);
    try {
      await requireUsers(directory, selection, signal);
      const entry = await directory.findEntry({ dn: selection.dn }, signal ? { signal } : {});
      if (entry === null) throw noEntry(selection.dn);
      return { ...selection, dn: entry.dn, directoryId: entry.directoryId };
    } finally {
      await directory.close();
    }
  }

  /**
   * Synchronizes; see `runSync`. A directory that cannot be connected to ends up in the run, too.
   * @throws {MfaError} `run.inProgress`
   */
  async run(
    { full = false, user, scheduled = false }: SyncOrder,
    options: RunOptions = {},
  ): Promise<SyncRun> {
    const reason =
      user !== undefined
        ? 'only one user is synchronized'
        : full || this.settings().alwaysFull
          ? 'everybody was to be read'
          : 'everybody is read';
    const request: SyncRequest = {
      kind: 'full',
      reason,
      items: this.#itemsOfRun(),
      user: user ?? null,
      approves: null,
      scheduled,
    };
    return this.#execute(request, options, async (directory) => ({
      among: user === undefined ? null : [await this.#directoryIdOf(user, directory, options.signal)],
      approved: null,
    }));
  }

  /**
   * Applies changes that a run holds, as far as they are still true.
   * @param users usernames or directory ids; undefined approves all that the run still holds
   * @throws {MfaError} `run.notFound`, `run.notAwaiting`, `user.notFound`, and as {@link run}
   */
  async approve(
    id: number,
    users: readonly string[] | undefined,
    options: RunOptions = {},
  ): Promise<SyncRun> {
    const approved = this.approvals.give(id, users, options);
    const request: SyncRequest = {
      kind: 'full',
      reason: `changes that run ${id} holds were approved`,
      items: this.#itemsOfRun(),
      user: null,
      approves: id,
    };
    return this.#execute(request, options, async () => ({ among: [...approved.changes.keys()], approved }));
  }

  /**
   * Which items a user matches, and where the values come from that synchronization gives them.
   * @param user a username, DN or directory id
   * @throws {MfaError} `user.notFound`, `directory.*`
   */
  async explain(user: string, signal?: AbortSignal): Promise<Explanation> {
    const { explainUser } = await import('./explain.ts');
    const directory = await this.#context.openDirectory(signal);
    try {
      return await explainUser(user, this.#services(directory), signal);
    } finally {
      await directory.close();
    }
  }

  async #execute(
    request: SyncRequest,
    options: RunOptions,
    scopeOf: (directory: Directory) => Promise<SyncScope>,
  ): Promise<SyncRun> {
    const { runSync } = await import('./run-sync.ts');
    let directory: Directory;
    try {
      directory = await this.#context.openDirectory(options.signal);
    } catch (error) {
      const { noteFailedSync } = await import('./note-failed-sync.ts');
      return await noteFailedSync(request, this.#context, options, error);
    }
    try {
      return await runSync(request, await scopeOf(directory), this.#services(directory), options);
    } finally {
      await directory.close();
    }
  }

  #services(directory: Directory): SyncServices {
    const { listUsers, companySettings, directorySettings, syncState, ...services } = this.#context;
    const { type, attributes } = directorySettings.load();
    const syncDirectory: SyncDirectory = {
      users: (selection, listing = {}) =>
        listing.among === undefined ? listUsers(selection, listing) : directory.users(selection, listing),
      findEntry: (name, listing) => directory.findEntry(name, listing),
      requireVisible: (dns, listing) => directory.requireVisible(dns, listing),
      deletedAmong: (ids, listing) => directory.deletedAmong(ids, listing),
    };
    return {
      ...services,
      items: this.items,
      settings: companySettings.load(),
      attributes: attributeMap(type, attributes),
      syncSettings: this.settings(),
      state: syncState,
      directorySettings,
      directory: syncDirectory,
    };
  }

  #itemsOfRun(): SyncRequest['items'] {
    return this.items
      .list()
      .filter((item) => item.enabled)
      .map(({ id, name }) => ({ id, name }));
  }

  async #directoryIdOf(name: string, directory: Directory, signal: AbortSignal | undefined): Promise<string> {
    const known = findUserRow(this.#context.store, name)?.directory_id;
    if (known != null) return known;
    for await (const { users } of directory.users(
      { scope: 'users', names: [name] },
      signal ? { signal } : {},
    )) {
      if (users[0] !== undefined) return users[0].directoryId;
    }
    throw noEntry(name);
  }
}

/** Reading a single page shows that the directory takes the selection as it is. */
async function requireUsers(
  directory: Directory,
  selection: SingleSelection,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const _ of directory.users(selection, signal ? { signal } : {})) return;
}

function noEntry(name: string): MfaError {
  return new MfaError('directory.entryNotFound', `There is no "${plainText(name)}" in the directory.`, {
    advice: '"mfa-console directory tree", "groups" and "search" show what there is.',
  });
}
