import { messageOf } from '../../core/errors.ts';
import type { TerminalCapabilities } from './capabilities.ts';
import type { InputEvent } from './input-event.ts';
import { KeyDecoder } from './key-decoder.ts';
import { TerminalScreenOutput, type TerminalStream } from './terminal-output.ts';

/** The stream that keys come from. `process.stdin` is one. */
export interface KeyStream extends NodeJS.EventEmitter {
  setRawMode?(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  ref?(): unknown;
  unref?(): unknown;
}

/** The part of `process` that can end a session. */
export interface SessionProcess extends NodeJS.EventEmitter {
  exit(code?: number): void;
}

/** Why a session ended without being asked to. */
export type SessionLoss =
  | { readonly kind: 'signal'; readonly signal: string }
  /** The terminal went away: standard input ended or failed, or writing failed. */
  | { readonly kind: 'hangup' }
  | { readonly kind: 'crash'; readonly error: unknown };

export interface TerminalSessionOptions {
  readonly input: KeyStream;
  readonly output: TerminalStream;
  readonly process: SessionProcess;
  readonly capabilities: TerminalCapabilities;
  /** Keeps the scrollback and draws in place: for screen readers. Default: the alternate screen. */
  readonly keepsMainScreen?: boolean | undefined;
  /** Called for the keys of one packet, in order. */
  onInput(events: readonly InputEvent[]): void;
  /** Unmounts what draws; called once, before the terminal is restored, on every way out. */
  onClose?(): void;
  /** Called after the terminal was restored and before the process ends. Default: prints a crash. */
  onLoss?(loss: SessionLoss): void;
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15, SIGBREAK: 21 } as const;
/** A paste whose end was lost is taken as it is after so long without a byte. */
const pasteTimeoutMs = 1000;

// Wrapping is off, so that a character that is wider than we think is cut off and moves no line.
const modesOn = '\x1b[?2004h\x1b[?25l\x1b[?7l';
const modesOff = '\x1b[?2026l\x1b[?2004l\x1b[0m\x1b[?7h\x1b[?25h';

/**
 * Owns the terminal between `open` and `close`: raw keys, alternate screen, bracketed paste, hidden cursor.
 * However the process ends - asked, by a signal, by a crash, by a lost terminal - the terminal is restored
 * exactly once.
 */
export class TerminalSession {
  readonly screen: TerminalScreenOutput;
  readonly #options: TerminalSessionOptions;
  readonly #decoder = new KeyDecoder();
  readonly #detachers: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;
  #state: 'new' | 'open' | 'closed' = 'new';

  constructor(options: TerminalSessionOptions) {
    this.#options = options;
    this.screen = new TerminalScreenOutput(options.output);
  }

  /** Takes the terminal over. */
  open(): void {
    if (this.#state !== 'new') return;
    this.#state = 'open';
    const { input, output, process } = this.#options;
    for (const signal of Object.keys(signalNumbers)) {
      this.#listen(process, signal, () => this.#lose({ kind: 'signal', signal }));
    }
    this.#listen(process, 'uncaughtException', (error) => this.#lose({ kind: 'crash', error }));
    this.#listen(process, 'unhandledRejection', (error) => this.#lose({ kind: 'crash', error }));
    this.#listen(process, 'exit', () => this.close());
    this.#listen(process, 'SIGCONT', () => this.#resume());
    this.#listen(output, 'error', () => this.#lose({ kind: 'hangup' }));
    for (const event of ['end', 'close', 'error']) {
      this.#listen(input, event, () => this.#lose({ kind: 'hangup' }));
    }
    this.#listen(input, 'data', (chunk) => this.#receive(chunk));
    this.#takeOver();
    input.resume();
  }

  /** Gives the terminal back. Calling it again does nothing. */
  close(): void {
    if (this.#state !== 'open') return;
    this.#state = 'closed';
    clearTimeout(this.#timer);
    attempt(() => this.#options.onClose?.());
    attempt(() => this.screen.flush());
    this.screen.close();
    const { input, output } = this.#options;
    attempt(() => output.write(modesOff + (this.#usesAlternateScreen ? '\x1b[?1049l' : '\n')));
    attempt(() => input.setRawMode?.(false));
    for (const detach of this.#detachers) attempt(detach);
    // A terminal that fails after this has nothing left to tell.
    output.on('error', ignore);
    input.on('error', ignore);
    input.pause();
    input.unref?.();
  }

  /** Clears the screen for a frame that is drawn anew, after something else has written to the terminal. */
  clearScreen(): void {
    if (this.#state !== 'open' || !this.#usesAlternateScreen) return;
    this.screen.write('\x1b[0m\x1b[2J\x1b[H');
  }

  get #usesAlternateScreen(): boolean {
    return this.#options.keepsMainScreen !== true;
  }

  #takeOver(): void {
    this.#options.input.setRawMode?.(true);
    const alternateScreen = this.#usesAlternateScreen ? '\x1b[?1049h\x1b[2J\x1b[H' : '';
    this.#options.output.write(alternateScreen + modesOn);
  }

  /** After a stop from outside the shell has set its own modes. */
  #resume(): void {
    attempt(() => this.#options.input.setRawMode?.(false));
    attempt(() => this.#takeOver());
    this.#options.onInput([{ type: 'key', chord: 'ctrl+l', text: '' }]);
  }

  #receive(chunk: unknown): void {
    clearTimeout(this.#timer);
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    if (bytes instanceof Uint8Array) this.#deliver(this.#decoder.push(bytes));
    this.#awaitRest();
  }

  #awaitRest(): void {
    const { pending } = this.#decoder;
    if (pending === 'nothing' || this.#state !== 'open') return;
    const waitMs = pending === 'paste' ? pasteTimeoutMs : this.#options.capabilities.escapeTimeoutMs;
    this.#timer = setTimeout(
      () => {
        this.#deliver(this.#decoder.flush());
        this.#awaitRest();
      },
      // The rest of a sequence that was given up may be later still.
      pending === 'rest' ? 5 * waitMs : waitMs,
    );
  }

  #deliver(events: readonly InputEvent[]): void {
    if (events.length > 0 && this.#state === 'open') this.#options.onInput(events);
  }

  #lose(loss: SessionLoss): void {
    if (this.#state !== 'open') return;
    this.close();
    const report = this.#options.onLoss ?? reportCrash;
    attempt(() => report(loss));
    this.#options.process.exit(exitCodeOf(loss));
  }

  #listen(emitter: NodeJS.EventEmitter, event: string, listener: (value: unknown) => void): void {
    // Windows knows no SIGCONT and Linux no SIGBREAK; listening to either is harmless where it is refused.
    attempt(() => {
      emitter.on(event, listener);
      this.#detachers.push(() => emitter.off(event, listener));
    });
  }
}

/** As a shell reports it: 128 and the signal's number; a lost terminal counts as SIGHUP; a crash is 1. */
export function exitCodeOf(loss: SessionLoss): number {
  if (loss.kind === 'crash') return 1;
  if (loss.kind === 'hangup') return 128 + signalNumbers.SIGHUP;
  return 128 + (signalNumbers[loss.signal as keyof typeof signalNumbers] ?? 0);
}

function reportCrash(loss: SessionLoss): void {
  if (loss.kind === 'crash') process.stderr.write(`MFA Console stopped: ${messageOf(loss.error)}\n`);
}

function attempt(action: () => unknown): void {
  try {
    action();
  } catch {
    // On the way out nothing may keep the rest from being restored.
  }
}

function ignore(): void {}
