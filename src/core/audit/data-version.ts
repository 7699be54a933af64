import type { Store } from '../store/store.ts';
import type { AuditLog } from './audit-log.ts';

/**
 * Tells whether others have changed the data. Every change writes audit events, so those that are not ours are
 * counted; what else other processes commit, such as the heartbeats of their leases, is no news.
 */
export class DataVersion {
  readonly #store: Store;
  readonly #audit: AuditLog;
  #commits: number | null = null;
  #version = 0;

  constructor(store: Store, audit: AuditLog) {
    this.#store = store;
    this.#audit = audit;
  }

  /** Another number whenever another process has changed the data; costs next to nothing. */
  read(): number {
    const commits = this.#store.dataVersion();
    if (commits === this.#commits) return this.#version;
    this.#commits = commits;
    // An event of ours that was undone counts, too: at worst a change is told of that was none.
    this.#version = this.#audit.lastSequence() - this.#audit.appended;
    return this.#version;
  }
}
