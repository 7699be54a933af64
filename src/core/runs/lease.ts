import { randomUUID } from 'node:crypto';
import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { LeaseRow } from '../store/tables.ts';
import { utcMoment } from '../utc-time.ts';
import { beatRegularly } from './heartbeat.ts';
import { isGone, thisProcess } from './process-liveness.ts';

/** Who holds a lease. */
export interface LeaseHolder {
  readonly by: string;
  readonly purpose: string;
  readonly host: string;
  readonly pid: number;
  /** ISO 8601 UTC */
  readonly since: string;
}

/** Null when nobody holds it, or its holder is gone. */
export function findHolder(store: Store, clock: Clock, name: string): LeaseHolder | null {
  const row = store.prepare<LeaseRow>('SELECT * FROM leases WHERE name = ?').get(name);
  if (row === undefined || isGone(row, clock())) return null;
  return { by: row.held_by, purpose: row.purpose, host: row.host, pid: row.pid, since: row.acquired_at };
}

/** The right of one process to write runs; others wait until it is released or its holder is gone. */
export class Lease {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #name: string;
  readonly #token: string;
  readonly #timer: NodeJS.Timeout;

  private constructor(store: Store, clock: Clock, name: string, token: string) {
    this.#store = store;
    this.#clock = clock;
    this.#name = name;
    this.#token = token;
    this.#timer = beatRegularly(() => this.#beat());
  }

  /**
   * @param purpose what the holder does, for the message that others get, such as `import`
   * @throws {MfaError} `run.inProgress` while another process holds it
   */
  static acquire(store: Store, clock: Clock, name: string, actor: string, purpose: string): Lease {
    return store.transaction(() => {
      const lease = Lease.tryAcquire(store, clock, name, actor, purpose);
      if (lease !== null) return lease;
      const held = findHolder(store, clock, name);
      throw new MfaError(
        'run.inProgress',
        `Another ${held?.purpose} is running: started ${utcMoment(held?.since ?? '')} by ${held?.by} (process ${held?.pid} on ${held?.host}).`,
        { advice: 'Wait until it has finished, or stop that process; what it has committed stays.' },
      );
    });
  }

  /** As {@link acquire}; null while another process holds it. */
  static tryAcquire(store: Store, clock: Clock, name: string, actor: string, purpose: string): Lease | null {
    return store.transaction(() => {
      if (findHolder(store, clock, name) !== null) return null;
      const now = timestamp(clock());
      const token = randomUUID();
      store
        .prepare('INSERT OR REPLACE INTO leases VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
        .run(name, token, thisProcess.host, thisProcess.pid, actor, purpose, now, now);
      return new Lease(store, clock, name, token);
    });
  }

  /**
   * Makes sure, inside the transaction that is about to write, that the lease is still ours.
   * @throws {MfaError} `run.leaseLost`
   */
  assertHeld(): void {
    if (this.#beat()) return;
    throw new MfaError(
      'run.leaseLost',
      'Another process has taken over because this one was silent for too long.',
      {
        advice: 'Run it again when the other has finished; what was committed stays.',
      },
    );
  }

  release(): void {
    clearInterval(this.#timer);
    this.#store.prepare('DELETE FROM leases WHERE name = ? AND token = ?').run(this.#name, this.#token);
  }

  #beat(): boolean {
    const { changes } = this.#store
      .prepare('UPDATE leases SET heartbeat_at = ? WHERE name = ? AND token = ?')
      .run(timestamp(this.#clock()), this.#name, this.#token);
    return changes === 1;
  }
}
