import nodeModule from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type ErrorCode, isMfaError, MfaError, messageOf } from './errors.ts';

/** An error on its way between threads, which copy plain data only. */
export interface PackedError {
  /** Null for an error that nobody expected. */
  readonly code: ErrorCode | null;
  readonly message: string;
  readonly advice?: string | undefined;
}

/** The last message of a thread that failed. */
export interface ThreadFailure {
  readonly kind: 'failure';
  readonly error: PackedError;
}

export function packError(error: unknown): PackedError {
  if (!isMfaError(error)) return { code: null, message: messageOf(error) };
  return { code: error.code, message: error.message, advice: error.advice };
}

export function unpackError({ code, message, advice }: PackedError): Error {
  return code === null ? new Error(message) : new MfaError(code, message, { advice });
}

/** A program that runs beside this one in the same process and tells of its work in messages. */
export interface Thread<Message, Order> {
  /** What it says, until it ends; a failure is thrown. */
  messages(): AsyncGenerator<Exclude<Message, ThreadFailure>>;
  say(order: Order): void;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<void>;
  /** Ends it wherever it is. */
  stop(): Promise<void>;
}

/** Never reached; V8 lets garbage pile up to twice of what lives under such a limit, and to four times without. */
const oldMegabytes = 1024;

/**
 * Where the built threads are. They run from there also when this program runs from source: Node strips types
 * with WebAssembly, and V8 sometimes crashes when one of several threads frees WebAssembly code.
 */
const folder = new URL(import.meta.url.endsWith('.ts') ? '../../dist/' : '.', import.meta.url);

/**
 * Starts a thread.
 * @param name its entry point in `scripts/build.ts`
 * @param youngMegabytes what its young objects may take; V8 would use far more than it needs
 */
export function startThread<Message extends { kind: string }, Order>(
  name: string,
  task: unknown,
  youngMegabytes: number,
): Thread<Message, Order> {
  const worker = new Worker(new URL(`${name}.js`, folder), {
    workerData: task,
    env: environment(),
    resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes, maxOldGenerationSizeMb: oldMegabytes },
  });
  const inbox: (Message | ThreadFailure)[] = [];
  let failure: unknown;
  let wake: (() => void) | undefined;
  function fail(error: unknown) {
    failure ??= error;
    wake?.();
  }
  worker.on('message', (message: Message) => {
    inbox.push(message);
    wake?.();
  });
  const ended = new Promise<void>((resolve) => worker.on('exit', () => resolve()));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error(`The thread ${name} ended without a word.`)));

  async function* messages() {
    for (;;) {
      const message = inbox.shift();
      if (message === undefined) {
        if (failure !== undefined) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else if (message.kind === 'failure') throw unpackError((message as ThreadFailure).error);
      else yield message as Exclude<Message, ThreadFailure>;
    }
  }

  return {
    messages,
    ended,
    say: (order) => worker.postMessage(order),
    async stop() {
      await worker.terminate();
    },
  };
}

function environment(): NodeJS.ProcessEnv {
  // A thread draws nothing; beside NO_COLOR, Node would warn of this one in the middle of the console's screen.
  const { FORCE_COLOR: _, ...env } = process.env;
  // It keeps compiled code only where its environment says so; compiling took a third of its start.
  const folder = nodeModule.getCompileCacheDir();
  return folder === undefined ? env : { ...env, NODE_COMPILE_CACHE: dirname(folder) };
}
