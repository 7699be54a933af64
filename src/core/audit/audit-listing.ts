import { setImmediate } from 'node:timers/promises';
import { MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import {
  type AuditEvent,
  type AuditFilter,
  auditRange,
  eventsBetween,
  isEmptyFilter,
  sequencesBetween,
} from './audit-query.ts';

/** Events of a part of the log are looked at at once; others get their turn after each part. */
const eventsPerStep = 4000;

export interface AuditPage {
  readonly events: readonly AuditEvent[];
  /** How many events pass the filter; an estimate until the whole log was looked at. */
  readonly total: number;
  readonly isExact: boolean;
}

/**
 * The events that passed a filter when the listing was made, newest first. Found part by part as they are asked
 * for, so that a log of millions keeps nobody waiting; later events are not in it.
 */
export class AuditListing {
  readonly #store: Store;
  readonly #filter: AuditFilter;
  readonly #first: number;
  readonly #last: number;
  /** Sequences of those found so far; not used without a filter. */
  readonly #found: number[] = [];
  /** Everything above was looked at. */
  #lookedDownTo: number;

  constructor(store: Store, filter: AuditFilter) {
    this.#store = store;
    this.#filter = filter;
    const { first, last } = auditRange(store);
    this.#first = first;
    this.#last = last;
    this.#lookedDownTo = isEmptyFilter(filter) ? first : last + 1;
  }

  /** How many events there are without the filter. */
  get totalOfAll(): number {
    return this.#last - this.#first + 1;
  }

  /** True when a part of the log was looked at. */
  get isBegun(): boolean {
    return this.#lookedDownTo <= this.#last;
  }

  /** True when every event was looked at. */
  get isComplete(): boolean {
    return this.#lookedDownTo <= this.#first;
  }

  /** Events `offset` to `offset + limit`. @throws {MfaError} `run.cancelled` */
  async page(offset: number, limit: number, signal?: AbortSignal): Promise<AuditPage> {
    if (isEmptyFilter(this.#filter)) {
      const newest = this.#last - offset;
      const events = eventsBetween(this.#store, Math.max(this.#first, newest - limit + 1), newest);
      return { events: events.reverse(), total: this.totalOfAll, isExact: true };
    }
    await this.#lookUntil(() => this.#found.length >= offset + limit, signal);
    const wanted = this.#found.slice(offset, offset + limit);
    return { events: this.#read(wanted), total: this.#total(), isExact: this.isComplete };
  }

  /** Looks at the rest of the log. @throws {MfaError} `run.cancelled` */
  complete(signal?: AbortSignal): Promise<void> {
    return this.#lookUntil(() => false, signal);
  }

  /** Where an event is in the listing; null when it is not, or was not found yet. */
  indexOf(sequence: number): number | null {
    if (isEmptyFilter(this.#filter)) {
      return sequence >= this.#first && sequence <= this.#last ? this.#last - sequence : null;
    }
    const index = this.#found.indexOf(sequence);
    return index === -1 ? null : index;
  }

  async #lookUntil(isEnough: () => boolean, signal: AbortSignal | undefined): Promise<void> {
    while (!this.isComplete && !isEnough()) {
      if (signal?.aborted) throw new MfaError('run.cancelled', 'Looking through the audit log was stopped.');
      const to = this.#lookedDownTo - 1;
      const from = Math.max(this.#first, to - eventsPerStep + 1);
      this.#found.push(...sequencesBetween(this.#store, this.#filter, from, to).reverse());
      this.#lookedDownTo = from;
      await setImmediate();
    }
  }

  #read(sequences: readonly number[]): AuditEvent[] {
    const [newest] = sequences;
    const oldest = sequences.at(-1);
    if (newest === undefined || oldest === undefined) return [];
    const isDense = newest - oldest < 4 * sequences.length;
    const wanted = new Set(sequences);
    const events = isDense
      ? eventsBetween(this.#store, oldest, newest)
      : sequences.flatMap((one) => eventsBetween(this.#store, one, one));
    return events.filter(({ sequence }) => wanted.has(sequence)).sort((a, b) => b.sequence - a.sequence);
  }

  /** As many as there would be if the rest of the log had as many. */
  #total(): number {
    const looked = this.#last + 1 - this.#lookedDownTo;
    if (this.isComplete || looked === 0) return this.#found.length;
    return Math.round((this.#found.length / looked) * this.totalOfAll);
  }
}
