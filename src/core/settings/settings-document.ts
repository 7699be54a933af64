import type * as z from 'zod';
import { type Clock, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { SettingsRow } from '../store/tables.ts';
import { utcMoment } from '../utc-time.ts';

/** A document with its version, by which changes that others make later are noticed. */
export interface VersionedSettings<Value> {
  readonly value: Value;
  /** 0 before anything was saved; grows by one with every saving. */
  readonly version: number;
}

/** One named document of settings as JSON, read through its schema, so that new fields get their defaults. */
export class SettingsDocument<Schema extends z.ZodType> {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #actor: string;
  readonly #name: string;
  readonly #schema: Schema;

  constructor(store: Store, clock: Clock, actor: string, name: string, schema: Schema) {
    this.#store = store;
    this.#clock = clock;
    this.#actor = actor;
    this.#name = name;
    this.#schema = schema;
  }

  load(): z.infer<Schema> {
    return this.loadVersioned().value;
  }

  loadVersioned(): VersionedSettings<z.infer<Schema>> {
    const row = this.#row();
    const value = this.#schema.parse(row === undefined ? {} : JSON.parse(row.value)) as z.infer<Schema>;
    return { value, version: row?.version ?? 0 };
  }

  /**
   * @param version the one that was seen; undefined overwrites whatever there is
   * @param what the settings, as they begin a sentence
   * @throws {MfaError} `settings.changed` when another one is stored
   */
  requireVersion(version: number | undefined, what: string): void {
    const row = this.#row();
    if (version === undefined || version === (row?.version ?? 0)) return;
    const by = row === undefined ? 'somebody' : `${row.updated_by} at ${utcMoment(row.updated_at)}`;
    throw new MfaError('settings.changed', `${what} were changed by ${by}.`, {
      advice: 'Nothing was changed; look at what they are now, and make your change again.',
    });
  }

  save(value: z.infer<Schema>): void {
    const now = timestamp(this.#clock());
    this.#store
      .prepare(
        `INSERT INTO settings (name, value, version, updated_at, updated_by) VALUES (?, ?, 1, ?, ?)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = version + 1,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run(this.#name, JSON.stringify(value), now, this.#actor);
  }
  #row(): SettingsRow | undefined {
    return this.#store.prepare<SettingsRow>('SELECT * FROM settings WHERE name = ?').get(this.#name);
  }
}
