import type { Core } from '../../../core/core.ts';
import type { Directory } from '../../../core/directory/directory.ts';
import { MfaError } from '../../../core/errors.ts';
import { createStore, type Store } from '../../store.ts';

/** The connection of a screen to the directory: opened when something is read, and again after it was given up. */
export interface DirectorySession {
  /** How many reads are on their way. */
  readonly reads: Pick<Store<number>, 'get' | 'subscribe'>;
  /** The domain or server for people; empty before anything was read. */
  label(): string;
  /**
   * Lets a task read. A signal that comes ends the wait, even while the connection is being opened.
   * @throws {MfaError} `directory.*`; `run.cancelled` when it was given up
   */
  read<Result>(
    task: (directory: Directory, signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result>;
  /** Gives up all reads, and the connection, because a server that fell silent would not answer on it any more. */
  giveUp(): void;
}

interface Opened {
  readonly directory: Promise<Directory>;
  readonly abort: AbortController;
}

export function createDirectorySession(core: Pick<Core, 'openDirectory'>): DirectorySession {
  const reads = createStore(0);
  let opened: Opened | null = null;
  let label = '';

  function open(): Opened {
    if (opened !== null) return opened;
    const abort = new AbortController();
    const mine = { directory: core.openDirectory(abort.signal), abort };
    opened = mine;
    mine.directory.then(
      (directory) => {
        label = directory.label;
      },
      () => {
        if (opened === mine) opened = null;
      },
    );
    return mine;
  }

  function giveUp(): void {
    const mine = opened;
    opened = null;
    if (mine === null) return;
    mine.abort.abort();
    mine.directory.then(
      (directory) => directory.close(),
      () => {},
    );
  }

  return {
    reads,
    label: () => label,
    async read(task, signal) {
      reads.set(reads.get() + 1);
      try {
        const { directory, abort } = open();
        const both = signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]);
        return await task(await unlessAborted(directory, both), both);
      } finally {
        reads.set(reads.get() - 1);
      }
    },
    giveUp,
  };
}

function unlessAborted<Result>(promise: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(new MfaError('run.cancelled', 'Reading the directory was stopped.'));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
