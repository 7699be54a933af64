import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverEnvironment } from './run-program.ts';

const pollMs = 20;
const stopTimeoutMs = 10_000;

export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** A private folder of the server; what the server prints goes to `output.log` in it. */
  readonly folder: string;
  /** Asked again and again until it answers true; may reject while the server is not there yet. */
  readonly isReady: () => Promise<boolean>;
  /** Default: 30 seconds, because a loaded machine is slow and a healthy one never waits for it. */
  readonly timeoutMs?: number;
}

export interface ServerProcess {
  /** For tests that kill or freeze a server in the middle of its work. */
  readonly pid: number;
  /** Asks the server to end and resolves when it has; kills it if it does not obey. */
  stop(): Promise<void>;
}

/**
 * Starts a server in the foreground and waits until it is ready. Rejects with the end of its output when it ends
 * before that. The kernel ends the server when we die without stopping it (`setpriv` of util-linux arranges that).
 */
export async function startServerProcess(command: ServerCommand): Promise<ServerProcess> {
  const logFile = join(command.folder, 'output.log');
  const log = await open(logFile, 'a');
  const child = spawn('setpriv', ['--pdeathsig=TERM', '--', command.program, ...command.args], {
    env: serverEnvironment,
    cwd: command.folder,
    stdio: ['ignore', log.fd, log.fd],
  });
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  await log.close();

  const deadline = Date.now() + (command.timeoutMs ?? 30_000);
  while (!(await command.isReady().catch(() => false))) {
    if (failure || hasEnded(child) || Date.now() > deadline) {
      await stopChild(child);
      const output = (await readFile(logFile, 'utf8')).trim().split('\n').slice(-20).join('\n');
      const reason = failure?.message ?? `it printed:\n${output}`;
      throw new Error(`${command.program} did not become ready: ${reason}`, { cause: failure });
    }
    await sleep(pollMs);
  }
  return { pid: child.pid ?? 0, stop: () => stopChild(child) };
}

/** Creates the private folder in which one server keeps everything it writes. */
export function makeServerFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `mfa-console-${name}-`));
}

/** Deletes what {@link makeServerFolder} made. */
export function removeServerFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  // A test may have frozen the server with SIGSTOP; it cannot obey before it runs again.
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(timer);
}

/**
 * A port on 127.0.0.1 that is free now. Another process could take it before our server does; Linux hands ports out
 * at random, so that this does not happen in practice.
 */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
