import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { type CommandResult, finish } from '../../helpers/run-command.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

/** The program as `npm run build` leaves it. */
export const builtProgram = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

/** A data directory, and the built program on it; every command is a process of its own. */
export class Installation {
  readonly folder: string;
  readonly #launcher: readonly string[];

  /** @param launcher a program, with arguments, that starts the command line which follows them */
  constructor(folder: string, launcher: readonly string[] = []) {
    this.folder = folder;
    this.#launcher = launcher;
  }

  get database(): string {
    return join(this.folder, 'mfa-console.db');
  }

  /** Runs a command to its end. */
  run(...args: string[]): Promise<CommandResult> {
    return finish(this.start(...args));
  }

  /** As {@link run}, with standard input. */
  runWithInput(input: string, ...args: string[]): Promise<CommandResult> {
    return finish(this.start(...args), input);
  }

  /** Runs a command that must succeed with `--json`, and returns the one document that it prints. */
  async json<Document>(...args: string[]): Promise<Document> {
    const result = await this.run(...args, '--json');
    expect(result, args.join(' ')).toMatchObject({ exitCode: 0, stderr: '' });
    return result.json as Document;
  }

  /** Starts a command and leaves it running. */
  start(...args: string[]): ChildProcessWithoutNullStreams {
    return this.#spawn(args, 120_000);
  }

  /** As {@link start}, for a service that goes on for as long as its test. */
  startService(...args: string[]): ChildProcessWithoutNullStreams {
    return this.#spawn(args, 600_000);
  }

  #spawn(args: readonly string[], timeout: number): ChildProcessWithoutNullStreams {
    const [program = '', ...rest] = [...this.#launcher, process.execPath, builtProgram, ...args];
    return spawn(program, rest, {
      env: { ...process.env, MFA_CONSOLE_DATA: this.folder, NO_COLOR: '1' },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A command that hangs fails its test; this ends it, too.
      timeout,
      killSignal: 'SIGKILL',
    });
  }
}

/** As {@link newInstallation}, for all tests of the suite (or file) that calls it. */
export function sharedInstallation(): Installation {
  const folder = mkdtempSync(join(tmpdir(), 'mfa-console-e2e-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return new Installation(join(folder, 'data'));
}

/** An installation whose data directory does not exist yet; removed when the test has finished. */
export function newInstallation(): Installation {
  return new Installation(join(temporaryFolder(), 'data'));
}
