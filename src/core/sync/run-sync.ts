import { timestamp } from '../clock.ts';
import type { DirectoryUser } from '../directory/directory.ts';
import { normalizeDn } from '../directory/ldap/distinguished-name.ts';
import type { NoticeQueue } from '../email/outbox/notice-queue.ts';
import { MfaError } from '../errors.ts';
import { executeRun, type RunWork } from '../import/execute-run.ts';
import { Planner } from '../import/plan.ts';
import type { RunOptions, RunWriter } from '../import/run-writer.ts';
import { writeListing } from '../import/write-listing.ts';
import type { Run, RunState, SyncRequest, SyncRun } from '../runs/run.ts';
import { type ConcludeContext, planLeavers } from './conclude.ts';
import { findLeavers, usersNotFound } from './find-leavers.ts';
import { mailHeld } from './notices/mail-held.ts';
import { scopeOfAll } from './scope.ts';
import type { SyncScope, SyncServices } from './sync-context.ts';
import { type PlacedItem, placeItems } from './sync-directory.ts';

/**
 * Brings users in step with the items: adds, updates and re-enables whom they find, in their order, and then, when
 * every listing has come to its end, decides about those whom they found no longer. A simulation is the same without
 * writing.
 * @throws {MfaError} `run.inProgress`; other errors end up in the run, before anybody is disabled or removed
 */
export async function runSync(
  request: SyncRequest,
  scope: SyncScope,
  services: SyncServices,
  options: RunOptions = {},
): Promise<SyncRun> {
  const work = new SyncWork(scope, services, options.signal);
  const run = await executeRun({ purpose: 'synchronization', request }, services, options, work);
  return run as SyncRun;
}

class SyncWork implements RunWork {
  readonly #scope: SyncScope;
  readonly #services: SyncServices;
  readonly #signal: AbortSignal | undefined;
  readonly #planner: Planner;
  /** Loaded when administrators have something to approve. */
  #notices: NoticeQueue | null = null;
  /** How many users the listing of an item had, and whom one cannot read. */
  readonly #listed = new Map<number, number>();
  readonly #hidden = new Set<string>();
  /** Whom the items find, when nothing is planned. */
  readonly #found = new Map<string, DirectoryUser>();

  constructor(scope: SyncScope, services: SyncServices, signal: AbortSignal | undefined) {
    this.#scope = scope;
    this.#services = services;
    this.#signal = signal;
    this.#planner = new Planner(services.store, services.clock);
  }

  async execute(writer: RunWriter): Promise<Extract<RunState, 'completed' | 'awaitingApproval'>> {
    const { store, items, directory, directorySettings, syncSettings, clock } = this.#services;
    const { among } = this.#scope;
    const all = items.list();
    const itemsScope = scopeOfAll(all, directorySettings.load());
    const enabled = all.filter((item) => item.enabled);
    if (enabled.length === 0) {
      throw new MfaError('sync.noItems', 'There is no synchronization item that is switched on.', {
        advice: '"mfa-console sync items add" makes one.',
      });
    }
    const total =
      store
        .prepare<{ count: number }>('SELECT count(*) AS count FROM users WHERE sync_item_id IS NOT NULL')
        .get()?.count ?? 0;
    const placed = await placeItems(enabled, directory, this.#signal);
    for (const one of placed) await this.#list(writer, one);
    const search = {
      store,
      directory,
      items: placed,
      isFound: (id: string) => this.#planner.hasSeen(id) || this.#found.has(id),
      among,
      removesDeleted: syncSettings.removeDeleted,
      now: timestamp(clock()),
      signal: this.#signal,
    };
    const missing = usersNotFound(search);
    await this.#requireSomebody(
      placed,
      missing.map((row) => row.sync_item_id),
    );
    const context: ConcludeContext = {
      services: this.#services,
      scope: this.#scope,
      itemsScope,
      items: enabled,
      total,
      leavers: await findLeavers(missing, search),
      accountsDisabled: this.#planner.accountsDisabled,
      found: this.#found,
      hidden: this.#hidden,
      runId: writer.id,
    };
    await writer.batch(() => planLeavers(context));
    if (writer.counts.held === 0) return 'completed';
    this.#notices = await this.#services.outbox.openNotices();
    return 'awaitingApproval';
  }

  /** What a run decided about everybody is no longer open in earlier ones. */
  conclude(run: Run): void {
    const { runs, store } = this.#services;
    const { among, approved } = this.#scope;
    if (among === null) runs.supersedeBefore(run.id);
    if (approved === null) {
      if (this.#notices !== null) mailHeld(this.#services, this.#notices, run as SyncRun);
      return;
    }
    const open = store
      .prepare<{ count: number }>(
        `SELECT count(*) AS count FROM users JOIN json_each(?) AS held ON held.value = directory_id
         WHERE sync_held IS NOT NULL`,
      )
      .get(JSON.stringify(approved.held));
    if (open?.count === 0) runs.settle(approved.runId, 'approved');
  }

  async #list(writer: RunWriter, { item, selection }: PlacedItem): Promise<void> {
    const { directory, settings, attributes } = this.#services;
    const { among, approved } = this.#scope;
    const options = { ...(this.#signal && { signal: this.#signal }), ...(among && { among }) };
    const listing = directory.users(selection, options);
    if (approved !== null) {
      for await (const { users } of listing) {
        for (const user of users)
          if (!this.#found.has(user.directoryId)) this.#found.set(user.directoryId, user);
      }
      return;
    }
    this.#planner.use({ rules: item.rules, settings, attributes, item: { id: item.id } });
    const listed = await writeListing(writer, this.#planner, listing, item.rules.sendEmail);
    this.#listed.set(item.id, listed.users);
    for (const dn of listed.hiddenDns) this.#hidden.add(normalizeDn(dn));
  }

  /**
   * An item that finds nobody although it had users is more likely a mistake than the truth.
   * @param missing the items of those who were not found
   */
  async #requireSomebody(placed: readonly PlacedItem[], missing: readonly (number | null)[]): Promise<void> {
    const { store, directory } = this.#services;
    const isNarrow = this.#scope.among !== null;
    for (const { item, selection } of placed) {
      if (!missing.includes(item.id)) continue;
      const hadUsers = store
        .prepare(`SELECT 1 FROM users WHERE sync_item_id = ? AND sync_absence IS NOT 'left' LIMIT 1`)
        .get(item.id);
      if (hadUsers === undefined) continue;
      let count = this.#listed.get(item.id) ?? 0;
      if (isNarrow) {
        count = 0;
        for await (const { users } of directory.users(
          selection,
          this.#signal ? { signal: this.#signal } : {},
        )) {
          count += users.length;
          if (count > 0) break;
        }
      }
      if (count > 0) continue;
      throw new MfaError(
        'sync.nothingFound',
        `The item "${item.name}" finds nobody, although it had users before.`,
        {
          advice:
            'Nobody was disabled or removed. Look at its container, group and filter; when it is to be empty, remove the item: its users stay as they are.',
        },
      );
    }
  }
}
