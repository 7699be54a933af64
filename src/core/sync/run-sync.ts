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
import { readRevisits } from '../store/sync-revisits.ts';
import { AbsenceClock } from './absence-clock.ts';
import { type ConcludeContext, planLeavers } from './conclude.ts';
import { findLeavers, type LeaverSearch, usersNotFound } from './find-leavers.ts';
import { type Approved, settleApproved } from './held-changes.ts';
import type { LeaverRow } from './leavers.ts';
import { mailHeld } from './notices/mail-held.ts';
import { notFoundLine } from './one-user.ts';
import { chooseReading, type Reading } from './reading.ts';
import { requirePhones } from './require-phones.ts';
import { requireSomebody } from './require-somebody.ts';
import { currentScope, type SyncServices } from './sync-context.ts';
import { type PlacedItem, placeItems, type SyncConnections, SyncDirectory } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';
import { directoryIdOf } from './user-to-synchronize.ts';

/** What a synchronization is to do. */
export type SyncTask =
  | {
      readonly scope: 'everybody';
      /** Even where changes could be read. */
      readonly full: boolean;
      /** The service does it because it is due. */
      readonly scheduled: boolean;
    }
  | {
      readonly scope: 'user';
      /** A username, DN or directory id. */
      readonly user: string;
    }
  | { readonly scope: 'approved'; readonly approved: Approved };

/** How each task is told before the directory was asked how it can be read. */
const firstReasons: Record<SyncTask['scope'], string> = {
  everybody: 'The directory was not reached yet.',
  user: 'Only one user is synchronized.',
  approved: 'Changes that an earlier run holds were approved.',
};

/**
 * Brings users in step with the items: adds, updates and re-enables whom they find, in their order, and then, when
 * every listing has come to its end, decides about those whom they found no longer. A simulation is the same without
 * writing.
 * @throws {MfaError} `sync.noItems`, `run.inProgress`; other errors end up in the run, before anybody is disabled or removed
 */
export async function runSync(
  task: SyncTask,
  services: SyncServices,
  connections: SyncConnections,
  options: RunOptions = {},
): Promise<SyncRun> {
  const enabled = services.items.list().filter((item) => item.enabled);
  if (enabled.length === 0) {
    throw new MfaError('sync.noItems', 'There is no synchronization item that is switched on.', {
      advice: '"mfa-console sync items add" makes one.',
    });
  }
  const request: SyncRequest = {
    kind: 'full',
    reason: firstReasons[task.scope],
    items: enabled.map(({ id, name }) => ({ id, name })),
    user: task.scope === 'user' ? task.user : null,
    approves: task.scope === 'approved' ? task.approved.runId : null,
    ...(task.scope === 'everybody' && { scheduled: task.scheduled }),
  };
  const work = new SyncWork(task, request, services, connections, options.signal);
  const run = await executeRun({ purpose: 'synchronization', request }, services, options, work);
  return run as SyncRun;
}

class SyncWork implements RunWork {
  readonly #task: SyncTask;
  readonly #request: SyncRequest;
  readonly #services: SyncServices;
  readonly #connections: SyncConnections;
  readonly #signal: AbortSignal | undefined;
  readonly #planner: Planner;
  /** Loaded when administrators have something to approve. */
  #notices: NoticeQueue | null = null;
  /** How many users the listing of an item had, and whom one cannot read. */
  readonly #listed = new Map<number, number>();
  readonly #hidden = new Set<string>();
  /** Whom the items find, when nothing is planned. */
  readonly #found = new Map<string, DirectoryUser>();

  constructor(
    task: SyncTask,
    request: SyncRequest,
    services: SyncServices,
    connections: SyncConnections,
    signal: AbortSignal | undefined,
  ) {
    this.#task = task;
    this.#request = request;
    this.#services = services;
    this.#connections = connections;
    this.#signal = signal;
    this.#planner = new Planner(services.store, services.clock);
  }

  async execute(writer: RunWriter): Promise<Extract<RunState, 'completed' | 'awaitingApproval'>> {
    const { state } = this.#services;
    // Changes can be read only from the server of the last run.
    const server = this.#task.scope === 'everybody' ? state.load().cursor?.server : undefined;
    const directory = await SyncDirectory.open(this.#connections, this.#signal, server);
    try {
      await this.#synchronize(writer, directory);
    } finally {
      await directory.close();
    }
    if (writer.counts.held === 0) return 'completed';
    this.#notices = await this.#services.outbox.openNotices();
    return 'awaitingApproval';
  }

  /** What a run decided about everybody is no longer open in earlier ones. */
  conclude(run: Run): void {
    const { runs, store } = this.#services;
    if (this.#task.scope === 'everybody') runs.supersedeBefore(run.id);
    if (this.#task.scope !== 'approved') {
      if (this.#notices !== null) mailHeld(this.#services, this.#notices, run as SyncRun);
    } else settleApproved(this.#task.approved, runs, store);
  }

  async #synchronize(writer: RunWriter, directory: SyncDirectory): Promise<void> {
    const { store, items, runs, syncSettings, clock } = this.#services;
    const itemsScope = currentScope(this.#services);
    const revisits = readRevisits(store);
    const enabled = items.list().filter((item) => item.enabled);
    const total =
      store
        .prepare<{ count: number }>('SELECT count(*) AS count FROM users WHERE sync_item_id IS NOT NULL')
        .get()?.count ?? 0;
    const reading = await this.#read(directory, enabled, revisits.directoryIds);
    const { kind, reason, among } = reading;
    const { certificateExpiresAt } = directory;
    runs.describe(writer.id, { ...this.#request, kind, reason });
    // Where nothing has changed there is nothing to be asked.
    const placed = among?.length === 0 ? [] : await placeItems(enabled, directory, this.#signal);
    if (among === null) {
      await requirePhones({ store, directory, items: placed, signal: this.#signal }, this.#services);
    }
    for (const one of placed) await this.#list(writer, directory, one, among);
    const search = {
      store,
      directory,
      items: placed,
      isFound: (id: string) => this.#planner.hasSeen(id) || this.#found.has(id),
      among,
      removesDeleted: syncSettings.load().removeDeleted,
      absences: new AbsenceClock(store, timestamp(clock())),
      signal: this.#signal,
    };
    const missing = usersNotFound(search);
    await requireSomebody(search, missing, (item) =>
      among === null ? (this.#listed.get(item.id) ?? 0) : null,
    );
    const { leavers, hiddenDns, unseen } = await findLeavers(missing, search);
    for (const dn of hiddenDns) this.#hidden.add(normalizeDn(dn));
    const context: ConcludeContext = {
      services: this.#services,
      approved: this.#task.scope === 'approved' ? this.#task.approved : null,
      completion: this.#task.scope === 'everybody' ? { reading, revisits, certificateExpiresAt } : null,
      itemsScope,
      items: enabled,
      placed,
      total,
      leavers,
      accountsDisabled: this.#planner.accountsDisabled,
      found: this.#found,
      doubts: { isOtherController: reading.isOtherController, hidden: this.#hidden, unseen },
      runId: writer.id,
      isWriting: writer.isWriting,
    };
    await writer.batch(() => {
      const plan = planLeavers(context);
      const lines = plan.changes.length === 0 ? this.#linesOfOne(search, missing) : [];
      return [{ ...plan, lines }];
    });
  }

  /** A run that was about one user says so when no item finds them. */
  #linesOfOne({ among, isFound }: Pick<LeaverSearch, 'among' | 'isFound'>, missing: readonly LeaverRow[]) {
    const [id] = among ?? [];
    if (this.#task.scope !== 'user' || id === undefined || isFound(id)) return [];
    return [notFoundLine(this.#task.user, id, missing[0])];
  }

  async #read(
    directory: SyncDirectory,
    enabled: readonly SyncItem[],
    revisits: readonly string[],
  ): Promise<Reading> {
    const task = this.#task;
    const services = this.#services;
    if (task.scope === 'everybody') {
      return chooseReading(task, enabled, revisits, directory, services, this.#signal);
    }
    const among =
      task.scope === 'approved'
        ? [...task.approved.changes.keys()]
        : [await directoryIdOf(task.user, services.store, directory, this.#signal)];
    return { kind: 'full', reason: this.#request.reason, among, cursor: null, isOtherController: false };
  }

  async #list(
    writer: RunWriter,
    directory: SyncDirectory,
    { item, selection }: PlacedItem,
    among: readonly string[] | null,
  ): Promise<void> {
    const { settings, attributes } = this.#services;
    const options = { ...(this.#signal && { signal: this.#signal }), ...(among && { among }) };
    const listing = directory.users(selection, options);
    if (this.#task.scope === 'approved') {
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
}
