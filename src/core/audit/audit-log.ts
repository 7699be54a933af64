import { createSecretKey, type KeyObject } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import type { MasterKey } from '../secrets/master-key.ts';
import type { Store } from '../store/store.ts';
import { chainHash, chainStart, signHead } from './chain.ts';

export interface AuditEntry {
  /** Noun and past participle, such as `user.added`, `run.finished`. */
  action: string;
  /** The username, run or setting that it happened to. */
  target?: string | null;
  /** Left out: `success`. */
  result?: 'success' | 'failure' | 'denied';
  reason?: string | null;
  /** What changed, without secrets: `{field: [old, new]}` and other facts. */
  details?: Record<string, unknown> | null;
}

/** Appends to the tamper-evident log; verification and queries stand in files of their own. */
export class AuditLog {
  readonly #store: Store;
  readonly #keyBytes: Buffer;
  readonly #key: KeyObject;
  readonly #clock: Clock;
  readonly #actor: string;

  /** How many events were appended here, those included whose transaction was undone. */
  appended = 0;

  /** @param actor who acts through this process: the account of the operating system */
  constructor(store: Store, masterKey: MasterKey, clock: Clock, actor: string) {
    this.#store = store;
    this.#keyBytes = masterKey.derive('audit');
    this.#key = createSecretKey(this.#keyBytes);
    this.#clock = clock;
    this.#actor = actor;
  }

  /** The key of chain and head, for verification. */
  get key(): Buffer {
    return this.#keyBytes;
  }

  append(entry: AuditEntry): void {
    this.appendAll([entry]);
  }

  /**
   * Appends in order, in the transaction of the change that the events speak of.
   * @returns the sequence of the last event before them
   */
  appendAll(entries: readonly AuditEntry[]): number {
    return this.#store.transaction(() => {
      const head = this.#head();
      const before = head?.sequence ?? 0;
      if (entries.length === 0) return before;
      this.appended += entries.length;
      let sequence = before;
      let hash = head?.hash ?? chainStart;
      const at = timestamp(this.#clock());
      const insert = this.#store.prepare('INSERT INTO audit_events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
      for (const entry of entries) {
        sequence += 1;
        const event = {
          sequence,
          at,
          actor: this.#actor,
          action: entry.action,
          target: entry.target ?? null,
          result: entry.result ?? 'success',
          reason: entry.reason ?? null,
          details: entry.details == null ? null : JSON.stringify(entry.details),
        };
        hash = chainHash(this.#key, hash, event);
        insert.run(
          sequence,
          at,
          event.actor,
          event.action,
          event.target,
          event.result,
          event.reason,
          event.details,
          hash,
        );
      }
      this.#store
        .prepare('INSERT OR REPLACE INTO audit_head VALUES (1, ?, ?, ?)')
        .run(sequence, hash, signHead(this.#key, sequence, hash));
      return before;
    });
  }

  /** The sequence of the last event; 0 for an empty log. */
  lastSequence(): number {
    return this.#head()?.sequence ?? 0;
  }

  #head(): { sequence: number; hash: Buffer } | undefined {
    return this.#store
      .prepare<{ sequence: number; hash: Buffer }>('SELECT sequence, hash FROM audit_head WHERE id = 1')
      .get();
  }
}
