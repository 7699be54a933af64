import { hash } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import type { DirectoryUser } from '../directory/directory.ts';
import { personDigest } from '../directory/person-digest.ts';
import type { Store } from '../store/store.ts';
import { usernameKey } from '../users/user.ts';
import type { ImportContext } from './desired-fields.ts';
import {
  hasPeople,
  type KnownRow,
  knownRows,
  looksTheSame,
  type ReadPerson,
  renamesAmong,
} from './known-rows.ts';
import { unchanged } from './no-change.ts';
import { KnownPlanner } from './plan-known.ts';
import { planNew } from './plan-new.ts';
import type { PlannedChange } from './planned-change.ts';
import { UsernameHolders } from './username-holders.ts';

/**
 * Compares what the directory says with what is stored, batch by batch, and decides. The one place where
 * import, preview and synchronization make up their mind; it writes nothing.
 */
export class Planner {
  readonly #store: Store;
  readonly #clock: Clock;
  #used: { context: ImportContext; digest: string } | undefined;
  /** Directory ids met in this run: a listing that repeats a person changes nothing. */
  readonly #seen = new Set<string>();
  readonly #names: UsernameHolders;
  readonly #known: KnownPlanner;

  /** Whether most people were new who were planned last, or must be, because the store knows nobody. */
  areMostNew: boolean;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.areMostNew = !hasPeople(store);
    this.#clock = clock;
    this.#names = new UsernameHolders(store);
    this.#known = new KnownPlanner(store, this.#names);
  }

  /** Plans by these rules from now on. Whoever was planned by others before stays as planned: the first match wins. */
  use(context: ImportContext): void {
    // Who gets a mail does not decide how a user looks.
    const { sendEmail: _, ...rules } = context.rules;
    const decisive = JSON.stringify({ ...context, rules });
    const digest = hash('sha256', decisive, 'buffer').toString('base64', 0, 24);
    this.#used = { context, digest };
  }

  /** Whether a listing of this run had the person. */
  hasSeen(directoryId: string): boolean {
    return this.#seen.has(directoryId);
  }

  get #context(): ImportContext {
    if (this.#used === undefined) throw new Error('the planner was given no rules');
    return this.#used.context;
  }

  /**
   * Plans one batch. Inside a transaction its answer stays true until that ends. Known users come first, so
   * that a username which one of them gives up is free for a new user of the same batch.
   */
  plan(people: readonly DirectoryUser[]): PlannedChange[] {
    const unseen = people.filter(({ directoryId }) => {
      const isNew = !this.#seen.has(directoryId);
      this.#seen.add(directoryId);
      return isNew;
    });
    const rows = knownRows(this.#store, unseen);
    const read: ReadPerson[] = unseen.map((person) => ({
      person,
      row: rows.get(person.directoryId),
      fingerprint: this.#fingerprint(person),
    }));
    const { rules } = this.#context;
    this.#names.giveUp(rules.updateExisting ? renamesAmong(read) : []);
    const now = timestamp(this.#clock());
    const changes: PlannedChange[] = [];
    const others: ReadPerson[] = [];
    for (const one of read) {
      const { person, row } = one;
      if (row === undefined) others.push(one);
      else if (looksTheSame(one) && this.#isMember(row)) changes.push(unchanged(person, row.username));
      else changes.push(this.#known.plan(one, row.id, { context: this.#context, now }));
    }
    this.areMostNew = others.length > read.length / 2;
    return [...changes, ...this.#planOthers(others, now)];
  }

  /** Says that the planned changes are rows now. */
  applied(): void {
    this.#names.clear();
  }

  /** Users of items whose accounts are disabled in the directory, to be disabled when the whole run is known. */
  get accountsDisabled(): KnownPlanner['accountsDisabled'] {
    return this.#known.accountsDisabled;
  }

  /** Plans people whom no user has as their directory id. */
  #planOthers(others: readonly ReadPerson[], now: string): PlannedChange[] {
    const context = this.#context;
    const holders = this.#names.ofMany(others.map(({ person }) => usernameKey(person.username ?? '')));
    return others.map((one) => {
      const planned = planNew(one, holders, { names: this.#names, context, now });
      return 'takesOver' in planned ? this.#known.plan(one, planned.takesOver, { context, now }) : planned;
    });
  }

  /** Whether the user belongs to the item already and is there as far as we know; in an import always. */
  #isMember(row: KnownRow): boolean {
    const { item } = this.#context;
    return item === undefined || (row.sync_item_id === item.id && row.sync_absence !== 'left');
  }

  /** Everything that decides how this person comes to look: digests of our rules and of the directory's data. */
  #fingerprint(person: DirectoryUser): Buffer {
    return Buffer.from((this.#used?.digest ?? '') + personDigest(person), 'base64');
  }
}
