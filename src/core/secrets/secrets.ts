import { type Clock, timestamp } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { SecretRow } from '../store/tables.ts';
import type { MasterKey } from './master-key.ts';
import { seal, unseal } from './seal.ts';

/** Named secrets, such as the bind password, sealed at rest. They leave only to the code that uses them. */
export class Secrets {
  readonly #store: Store;
  readonly #key: Buffer;
  readonly #clock: Clock;

  constructor(store: Store, masterKey: MasterKey, clock: Clock) {
    this.#store = store;
    this.#key = masterKey.derive('secrets');
    this.#clock = clock;
  }

  set(name: string, secret: string): void {
    this.#store
      .prepare('INSERT OR REPLACE INTO secrets (name, sealed, updated_at) VALUES (?, ?, ?)')
      .run(name, seal(this.#key, name, secret), timestamp(this.#clock()));
  }

  /** Null when there is none. @throws {MfaError} `secret.unreadable` */
  get(name: string): string | null {
    const sealed = this.#sealed(name);
    return sealed === undefined ? null : unseal(this.#key, name, sealed);
  }

  has(name: string): boolean {
    return this.#sealed(name) !== undefined;
  }

  remove(name: string): void {
    this.#store.prepare('DELETE FROM secrets WHERE name = ?').run(name);
  }

  /** Seals what is stored elsewhere, such as the text of a mail. @param identity says what it belongs to */
  seal(identity: string, secret: string): Buffer {
    return seal(this.#key, identity, secret);
  }

  /** Opens what {@link seal} made. @throws {MfaError} `secret.unreadable` */
  unseal(identity: string, sealed: Buffer): string {
    return unseal(this.#key, identity, sealed);
  }

  #sealed(name: string): Buffer | undefined {
    const select = this.#store.prepare<SecretRow>('SELECT * FROM secrets WHERE name = ?');
    return select.get(name)?.sealed;
  }
}
