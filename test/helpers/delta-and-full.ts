import { expect } from 'vitest';
import type { ChangeKind } from '../../src/core/directory/changes.ts';
import type { Directory } from '../../src/core/directory/directory.ts';
import type { SyncRun } from '../../src/core/runs/run.ts';
import { Synchronization } from '../../src/core/sync/synchronization.ts';
import type { User } from '../../src/core/users/user.ts';
import type { DomainController } from '../servers/samba.ts';
import { connect } from './connected-core.ts';
import { type TemporaryCore, temporaryCore } from './temporary-core.ts';

export interface SynchronizedOptions {
  /** Everybody is read in every run. */
  readonly full: boolean;
  /** Ways to read changes that are not used. */
  readonly without: readonly ChangeKind[];
}

/** A data directory that is synchronized with a part of a domain, over one connection that stays open. */
export class SynchronizedCore {
  readonly core: TemporaryCore;
  readonly sync: Synchronization;
  readonly #isFull: boolean;

  private constructor(core: TemporaryCore, directory: Directory, { full, without }: SynchronizedOptions) {
    this.core = core;
    this.#isFull = full;
    const lent: Partial<Directory> = {
      changes: (cursor, options) => directory.changes(cursor, { ...options, without }),
      close: async () => {},
    };
    this.sync = new Synchronization({
      ...core,
      openDirectory: async () => lend(directory, lent),
      listUsers: (selection, options) => directory.users(selection, options),
    });
  }

  /** @param addItems to the synchronization that it is given */
  static async open(
    { ldapsUrl, ca, administrator }: DomainController,
    baseDn: string,
    addItems: (sync: Synchronization) => void,
    options: SynchronizedOptions,
  ): Promise<SynchronizedCore & AsyncDisposable> {
    const core = temporaryCore();
    const { userPrincipalName: bindUser, password } = administrator;
    connect(core, { urls: [ldapsUrl], ca, bindUser, baseDn }, password);
    const directory = await core.openDirectory();
    const synchronized = new SynchronizedCore(core, directory, options);
    addItems(synchronized.sync);
    return Object.assign(synchronized, { [Symbol.asyncDispose]: () => directory.close() });
  }

  /** Simulates and synchronizes, which must come to the same. */
  async synchronize(): Promise<SyncRun> {
    const simulated = await this.sync.run({ full: this.#isFull }, { dryRun: true });
    const run = await this.sync.run({ full: this.#isFull });
    expect(this.#outcome(run)).toEqual(this.#outcome(simulated));
    return run;
  }

  /** All users as the runs decide about them, by directory id. */
  users(): Map<string, Partial<User>> {
    return new Map(
      this.core.users.list().users.map((user) => {
        // Moments and numbers differ from one database to another.
        const { id: _i, version: _v, lastSynchronizedAt: _s, updatedAt: _u, ...decided } = user;
        return [user.directoryId ?? user.username, decided];
      }),
    );
  }

  /** Lines of a run that say that something was done. */
  deeds({ id }: SyncRun): unknown[] {
    const idle = ['unchanged', 'skipped', 'conflict'];
    return this.core.runs
      .changes(id)
      .filter(({ change }) => !idle.includes(change))
      .map(({ change, username, fields }) => JSON.stringify({ change, username, fields }))
      .sort();
  }

  #outcome(run: SyncRun) {
    const { state, counts, error, request } = run;
    const lines = this.core.runs.changes(run.id).map((line) => ({ ...line, auditSequence: null }));
    return { state, counts, error, kind: request.kind, reason: request.reason, lines };
  }
}

/** A directory of which some methods are others; its own ones work on itself. */
function lend(directory: Directory, others: Partial<Directory>): Directory {
  return new Proxy(directory, {
    get(target, name: keyof Directory) {
      const own = target[name];
      return others[name] ?? (typeof own === 'function' ? own.bind(target) : own);
    },
  });
}
