import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Core, type CoreOptions, openCore } from '../../src/core/core.ts';
import { locateDataDirectory } from '../../src/core/data-directory.ts';
import type { Wait } from '../../src/core/wait.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A clock that stands still until it is moved. */
export class TestClock {
  now = new Date('2026-03-02T10:00:00.000Z');

  readonly read = (): Date => this.now;

  /** Waiting moves it, and takes no time. */
  readonly wait: Wait = async (ms, signal) => {
    if (!signal.aborted) this.forward(ms / 1000);
    await setImmediate();
  };

  forward(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }
}

export interface TemporaryCore extends Core {
  readonly testClock: TestClock;
  readonly folder: string;
}

/** A core over a new data directory, or over the folder of another; closed when the test has finished. */
export function temporaryCore(
  options: { folder?: string } & Pick<CoreOptions, 'actor' | 'directoryServers'> = {},
): TemporaryCore {
  const { folder = temporaryFolder(), actor = 'admin@test', ...others } = options;
  const testClock = new TestClock();
  const core = openCore({
    dataDirectory: locateDataDirectory(folder, {}),
    clock: testClock.read,
    wait: testClock.wait,
    actor,
    ...others,
  });
  onTestFinished(() => core.close());
  return { ...core, testClock, folder };
}
