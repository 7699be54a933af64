import type { Core } from '../core/core.ts';
import { locateDataDirectory } from '../core/data-directory.ts';

/** The options that every command knows. */
export interface CommonOptions {
  json?: boolean;
  data?: string;
  yes?: boolean;
  dryRun?: boolean;
  color?: boolean;
}

/** What a command works with: the core, opened when first asked for, and where it prints. */
export interface CommandContext {
  readonly options: CommonOptions;
  /** Opens the core once; {@link close} closes it. */
  core(): Promise<Core>;
  /** Standard output: the result, and nothing else with `--json`. */
  print(text: string): void;
  /** Standard error: notes for people; left out with `--json`. */
  note(text: string): void;
  readonly stdin: NodeJS.ReadStream;
  readonly isTerminal: boolean;
  /** Aborted by Ctrl+C and SIGTERM: long work stops after its batch. */
  readonly signal: AbortSignal;
  close(): void;
}

export function createContext(options: CommonOptions): CommandContext {
  let opened: Promise<Core> | undefined;
  let core: Core | undefined;
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    options,
    core() {
      opened ??= import('../core/core.ts').then(({ openCore }) => {
        core = openCore({ dataDirectory: locateDataDirectory(options.data, process.env) });
        return core;
      });
      return opened;
    },
    print: (text) => process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    note: (text) => {
      if (!options.json) process.stderr.write(text.endsWith('\n') ? text : `${text}\n`);
    },
    stdin: process.stdin,
    isTerminal: process.stdout.isTTY === true && process.stderr.isTTY === true,
    signal: abort.signal,
    close() {
      process.removeListener('SIGINT', stop);
      process.removeListener('SIGTERM', stop);
      core?.close();
    },
  };
}
