import type { ChangeCursor, ChangeKind } from '../../changes.ts';
import type { LdapSource } from '../ldap-source.ts';
import type { Controller } from './controller.ts';

/** What reading changes needs to know; all connections of its session are to one server. */
export interface ChangeSource extends LdapSource {
  readonly controller: Controller;
  /** Filters of synchronization items. */
  readonly itemFilters: readonly string[];
  readonly now: Date;
  readonly signal: AbortSignal | undefined;
}

/** The part of a cursor that each kind writes in its own way. */
export type Position = Pick<ChangeCursor, 'position' | 'isSettled' | 'takenAt'>;

/** What changed, by directory ids, each in one of the sets. */
export interface Found {
  readonly changed: ReadonlySet<string>;
  /** Marked as deleted. */
  readonly deleted: ReadonlySet<string>;
  /** Finds what changed, without naming it; null where no filter does. */
  readonly filter: string | null;
  readonly next: Position;
}

/** One way to find out what changed. */
export interface ChangeReader {
  readonly kind: ChangeKind;
  /** The position now, before a full run begins to list. */
  begin(source: ChangeSource): Promise<Position>;
  /** @returns null when the server does not go on from the position any more */
  find(source: ChangeSource, from: Position): Promise<Found | null>;
}
