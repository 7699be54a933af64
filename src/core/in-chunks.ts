import { setImmediate } from 'node:timers/promises';
import { isMfaError, MfaError } from './errors.ts';

export interface ChunkOptions<Item, Result> {
  /** Makes one transaction of the work on a chunk. */
  transaction<Outcome>(work: () => Outcome): Outcome;
  /** The result of an item that failed. */
  failed(item: Item, error: MfaError): Result;
  /** Stops after the chunk that is being written; the rest is reported as `run.cancelled`. */
  signal: AbortSignal | undefined;
}

/** Items per transaction: long enough to be quick, short enough to let other processes in between. */
const chunkSize = 500;

/**
 * Works on one item after the other, a chunk in one transaction. An error that concerns one item is its result; one of
 * the store undoes the chunk and ends the work, and all that were not written report it.
 * @returns the results in the order of the items; work for many should give small ones
 */
export async function inChunks<Item, Result>(
  items: readonly Item[],
  work: (item: Item, index: number) => Result,
  { transaction, failed, signal }: ChunkOptions<Item, Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const attempt = (item: Item, index: number): Result => {
    try {
      return work(item, index);
    } catch (error) {
      if (!isMfaError(error) || error.code.startsWith('store.')) throw error;
      return failed(item, error);
    }
  };
  for (let start = 0; start < items.length; start += chunkSize) {
    try {
      if (start > 0) await setImmediate();
      requireNotStopped(signal);
      const chunk = items.slice(start, start + chunkSize);
      results.push(...transaction(() => chunk.map((item, index) => attempt(item, start + index))));
    } catch (error) {
      if (!isMfaError(error)) throw error;
      return [...results, ...items.slice(start).map((item) => failed(item, error))];
    }
  }
  return results;
}

/** @throws {MfaError} `run.cancelled` */
export function requireNotStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new MfaError('run.cancelled', 'The work was stopped before this one.');
}
