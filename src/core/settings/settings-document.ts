import type * as z from 'zod';
import { type Clock, timestamp } from '../clock.ts';
import type { Store } from '../store/store.ts';
import type { SettingsRow } from '../store/tables.ts';

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
    const row = this.#store.prepare<SettingsRow>('SELECT * FROM settings WHERE name = ?').get(this.#name);
    return this.#schema.parse(row === undefined ? {} : JSON.parse(row.value)) as z.infer<Schema>;
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
}
