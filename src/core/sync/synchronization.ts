import type { AuditLog } from '../audit/audit-log.ts';
import { attributeMap } from '../directory/attributes.ts';
import type { Directory, Selection, SingleSelection } from '../directory/directory.ts';
import type { DirectorySettings } from '../directory/directory-settings.ts';
import { parseFilter } from '../directory/ldap/filter-text.ts';
import type { Outbox } from '../email/outbox/outbox.ts';
import { MfaError } from '../errors.ts';
import { importSettings } from '../import/desired-fields.ts';
import type { RunOptions, RunServices } from '../import/run-writer.ts';
import type { SyncRun } from '../runs/run.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import { Approvals } from './approvals.ts';
import { assignSyncSettings, changedSyncSettings, type SyncSettingChanges } from './change-sync-settings.ts';
import type { Explanation } from './explain.ts';
import type { HeldCounts } from './held-list.ts';
import type { SyncTask } from './run-sync.ts';
import { readSyncSchedule, type SyncSchedule } from './schedule/sync-schedule.ts';
import { scopeOfAll } from './scope.ts';
import type { SyncServices } from './sync-context.ts';
import type { SyncConnections } from './sync-directory.ts';
import type { ItemSelection } from './sync-item.ts';
import { SyncItems } from './sync-items.ts';
import type { SyncSettings, SyncState, syncSettingsSchema, syncStateSchema } from './sync-settings.ts';
import { noEntry } from './user-to-synchronize.ts';

export interface SynchronizationContext extends RunServices, SyncConnections {
  readonly outbox: Pick<Outbox, 'openQueue' | 'openNotices'>;
  readonly audit: AuditLog;
  readonly companySettings: { load(): CompanySettings };
  readonly directorySettings: { load(): DirectorySettings };
  readonly syncSettings: SettingsDocument<typeof syncSettingsSchema>;
  readonly syncState: SettingsDocument<typeof syncStateSchema>;
}

export interface SaveSyncSettingsOptions {
  /** Say what would change, and save nothing. */
  dryRun?: boolean;
  /** The one that the change was made from; left out overwrites whatever there is. */
  version?: number;
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
  /** What the newest of them still holds. */
  held: HeldCounts;
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
   * @throws {MfaError} `settings.unknown`, `settings.invalid`, `settings.changed`
   */
  changeSettings(
    assignments: ReadonlyMap<string, string>,
    options: SaveSyncSettingsOptions = {},
  ): { settings: SyncSettings; changed: SyncSettingChanges } {
    return this.#context.store.transaction(() => {
      const settings = assignSyncSettings(this.settings(), assignments);
      return { settings, changed: this.saveSettings(settings, options) };
    });
  }

  /**
   * Saves settings with their audit event.
   * @returns what changed; empty when nothing did, and then nothing is written
   * @throws {MfaError} `settings.changed`
   */
  saveSettings(
    after: SyncSettings,
    { dryRun = false, version }: SaveSyncSettingsOptions = {},
  ): SyncSettingChanges {
    const { store, audit, syncSettings } = this.#context;
    return store.transaction(() => {
      syncSettings.requireVersion(version, 'The settings of synchronization');
      const changed = changedSyncSettings(syncSettings.load(), after);
      if (dryRun || Object.keys(changed).length === 0) return changed;
      syncSettings.save(after);
      audit.append({ action: 'settings.changed', target: 'synchronization', details: { fields: changed } });
      return changed;
    });
  }

  health(): SyncHealth {
    const { runs, syncState, directorySettings, companySettings } = this.#context;
    const state = syncState.load();
    const items = this.items.list();
    const isDue =
      items.length > 0 && state.scope !== scopeOfAll(items, directorySettings.load(), companySettings.load());
    const awaitingApproval = runs.awaitingApproval();
    const [newest] = awaitingApproval;
    const held = newest === undefined ? { disabled: 0, removed: 0 } : this.approvals.countHeld(newest.id);
    return { awaitingApproval, held, isDue, state };
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
    if (selection.scope === 'filter') {
      parseFilter(selection.filter);
      return { scope: 'filter', filter: selection.filter };
    }
    if (selection.scope === 'users' || selection.scope === 'several') {
      throw new MfaError('sync.itemInvalid', 'An item takes a container, a group or a filter.');
    }
    if (selection.userFilter !== undefined) parseFilter(selection.userFilter);
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
   * Synchronizes; see `runSync`.
   * @throws {MfaError} `sync.noItems`, `run.inProgress`; other errors end up in the run
   */
  run({ full = false, user, scheduled = false }: SyncOrder, options: RunOptions = {}): Promise<SyncRun> {
    return this.#execute(
      user === undefined ? { scope: 'everybody', full, scheduled } : { scope: 'user', user },
      options,
    );
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
    return this.#execute({ scope: 'approved', approved }, options);
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
      return await explainUser(user, this.#services(), directory, signal);
    } finally {
      await directory.close();
    }
  }

  async #execute(task: SyncTask, options: RunOptions): Promise<SyncRun> {
    const { runSync } = await import('./run-sync.ts');
    return runSync(task, this.#services(), this.#context, options);
  }

  #services(): SyncServices {
    const { companySettings, directorySettings, syncState } = this.#context;
    const { type, attributes } = directorySettings.load();
    return {
      ...this.#context,
      items: this.items,
      settings: importSettings(companySettings.load()),
      attributes: attributeMap(type, attributes),
      state: syncState,
    };
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
