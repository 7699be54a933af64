import type { Clock } from '../clock.ts';
import { isMfaError, type MfaError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Wait } from '../wait.ts';
import { findHolder, Lease, type LeaseHolder } from './lease.ts';

/** How often a process looks whether it may take over, in milliseconds. */
const takeOverMs = 2000;

export interface WorkAloneContext {
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: string;
  readonly wait: Wait;
}

export interface WorkAloneOptions {
  /** The lease of the work, and what its holder does, for the others. */
  readonly lease: { readonly name: string; readonly purpose: string };
  readonly signal: AbortSignal;
  /** Another process does it. @returns true to leave it to that one, false to wait until it ends */
  onTaken(holder: LeaseHolder | null): boolean;
  /** It cannot go on now, and is tried again. */
  onHeld(error: MfaError): void;
}

/**
 * Does work that one process at a time may do. A process that vanishes is followed by another one that waits, and the
 * same one goes on after errors that pass: another process took over, or the database cannot be written now.
 * @param work resolves with true when it is done, with false when it is to be taken up again
 * @throws what nobody expected
 */
export async function workAlone(
  { store, clock, actor, wait }: WorkAloneContext,
  { lease: { name, purpose }, signal, onTaken, onHeld }: WorkAloneOptions,
  work: (lease: Lease) => Promise<boolean>,
): Promise<void> {
  let isDone = false;
  while (!isDone && !signal.aborted) {
    try {
      const lease = Lease.tryAcquire(store, clock, name, actor, purpose);
      if (lease === null) isDone = onTaken(findHolder(store, clock, name));
      else {
        try {
          isDone = await work(lease);
        } finally {
          lease.release();
        }
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      onHeld(error);
    }
    if (!isDone) await wait(takeOverMs, signal);
  }
}

function isPassing(error: unknown): error is MfaError {
  return isMfaError(error) && ['run.leaseLost', 'store.busy', 'store.full'].includes(error.code);
}
