import { type Clock, timestamp } from '../clock.ts';
import type { Store } from '../store/store.ts';
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
    const row = { sealed: seal(this.#key, name, secret), updated_at: timestamp(this.#clock()) };
    this.#store.run(
      this.#store.query
        .insertInto('secrets')
        .values({ name, ...row })
        .onConflict((conflict) => conflict.column('name').doUpdateSet(row)),
    );
  }

  /** Null when there is none. @throws {MfaError} `secret.unreadable` */
  get(name: string): string | null {
    const row = this.#store.get(
      this.#store.query.selectFrom('secrets').select('sealed').where('name', '=', name),
    );
    return row === undefined ? null : unseal(this.#key, name, row.sealed);
  }

  has(name: string): boolean {
    return (
      this.#store.get(this.#store.query.selectFrom('secrets').select('name').where('name', '=', name)) !==
      undefined
    );
  }

  remove(name: string): void {
    this.#store.run(this.#store.query.deleteFrom('secrets').where('name', '=', name));
  }
}
