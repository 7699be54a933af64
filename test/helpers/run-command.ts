import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The built program, which starts several times as fast as its sources; it is built before the tests begin. */
export const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export class CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;

  constructor(exitCode: number | null, stdout: string, stderr: string) {
    this.exitCode = exitCode;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Standard output as the one JSON document that it must be. */
  get json(): unknown {
    return JSON.parse(this.stdout);
  }
}

/** Runs the program as a process of its own over a data directory; `input` is its standard input. */
export async function runCommand(
  dataDirectory: string,
  args: readonly string[],
  input = '',
): Promise<CommandResult> {
  return finish(spawnCommand(dataDirectory, args), input);
}

/** What a started program prints until it ends. */
export async function finish(child: ChildProcessWithoutNullStreams, input = ''): Promise<CommandResult> {
  // A program that ends before it has read everything says so by its exit code.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return new CommandResult(child.exitCode, stdout, stderr);
}

/** Starts the program and leaves it running, for commands that go on until they are stopped. */
export function spawnCommand(dataDirectory: string, args: readonly string[]) {
  return spawn(process.execPath, [program, ...args], {
    env: { ...process.env, MFA_CONSOLE_DATA: dataDirectory, NO_COLOR: '1' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}
