import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import type { Installation } from './installation.ts';

/** A line that `serve --json` has printed. */
export interface ServiceLine {
  readonly event: string;
  readonly at: string;
  readonly pid?: number;
  readonly why?: string;
  readonly run?: {
    readonly id: number;
    readonly state: string;
    readonly startedAt: string;
    readonly counts: Readonly<Record<string, number>>;
  } | null;
}

/** `serve` of an installation under a supervisor that starts it again whenever it ends, as systemd does. */
export interface SupervisedService {
  /** All that was told since the first start. */
  readonly lines: readonly ServiceLine[];
  /** Resolves with the first line that is so, of those that were told already and those to come. */
  told(isIt: (line: ServiceLine) => boolean): Promise<ServiceLine>;
  /** Kills the process that runs now, as `kill -9` does; the supervisor starts another. */
  kill(): Promise<void>;
  /** Ends it for good, as a service manager does. @returns how it ended, and after how many milliseconds */
  stop(): Promise<{ exitCode: number | null; stderr: string; ms: number }>;
}

export function superviseService(mfa: Installation): SupervisedService {
  const lines: ServiceLine[] = [];
  const waiting = new Set<() => void>();
  let isOver = false;
  let stderr = '';
  let child: ChildProcessWithoutNullStreams;
  let ended: Promise<unknown>;

  function start(): void {
    child = mfa.startService('serve', '--json');
    ended = once(child, 'close');
    child.stderr.on('data', (data) => {
      stderr += String(data);
    });
    createInterface({ input: child.stdout }).on('line', (text) => {
      lines.push(JSON.parse(text) as ServiceLine);
      for (const look of waiting) look();
    });
    child.once('close', () => {
      if (!isOver) start();
    });
  }

  start();
  onTestFinished(async () => {
    isOver = true;
    child.kill('SIGKILL');
    await ended;
  });
  return {
    lines,
    told(isIt) {
      return new Promise((resolve) => {
        const look = () => {
          const line = lines.find(isIt);
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      });
    },
    async kill() {
      const killed = ended;
      child.kill('SIGKILL');
      await killed;
    },
    async stop() {
      isOver = true;
      const asked = Date.now();
      child.kill('SIGTERM');
      await ended;
      return { exitCode: child.exitCode, stderr, ms: Date.now() - asked };
    },
  };
}
