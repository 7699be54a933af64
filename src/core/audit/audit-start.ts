import type { Store } from '../store/store.ts';
import { chainStart, signStart } from './chain.ts';

/** The last event that was removed because of its age: the log begins behind it. */
export interface AuditStart {
  readonly sequence: number;
  readonly hash: Buffer;
  readonly signature: Buffer;
}

/** The row of `settings` that it stands in, as hexadecimal text. */
const name = 'auditStart';

/** Null for a log that still has its first event. */
export function readAuditStart(store: Store): AuditStart | null {
  const row = store
    .prepare<{ sequence: number | null; hash: string | null; signature: string | null }>(
      `SELECT value ->> '$.sequence' AS sequence, value ->> '$.hash' AS hash, value ->> '$.signature' AS signature
       FROM settings WHERE name = ?`,
    )
    .get(name);
  if (row === undefined) return null;
  const { sequence, hash, signature } = row;
  return {
    sequence: sequence ?? 0,
    hash: Buffer.from(hash ?? '', 'hex'),
    signature: Buffer.from(signature ?? '', 'hex'),
  };
}

/** To be called in the transaction that removes the events. */
export function writeAuditStart(
  store: Store,
  key: Buffer,
  { sequence, hash }: Pick<AuditStart, 'sequence' | 'hash'>,
  by: { readonly at: string; readonly actor: string },
): void {
  const value = {
    sequence,
    hash: hash.toString('hex'),
    signature: signStart(key, sequence, hash).toString('hex'),
  };
  store
    .prepare(
      `INSERT INTO settings (name, value, version, updated_at, updated_by) VALUES (?, ?, 1, ?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = version + 1,
         updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    )
    .run(name, JSON.stringify(value), by.at, by.actor);
}

/** The hash that the one of an event was made with. */
export function hashBefore(store: Store, sequence: number): Buffer {
  const row = store
    .prepare<{ hash: Buffer }>('SELECT hash FROM audit_events WHERE sequence = ?')
    .get(sequence - 1);
  if (row !== undefined) return row.hash;
  const start = readAuditStart(store);
  return start?.sequence === sequence - 1 ? start.hash : chainStart;
}
