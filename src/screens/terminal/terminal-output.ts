import { EventEmitter } from 'node:events';

/** The stream that a terminal is written to. `process.stdout` is one. */
export interface TerminalStream extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): boolean;
}

/**
 * What Ink draws to. It gathers the parts of a frame into one write, so that a frame is one packet on a slow
 * link, and it closes before the terminal is restored, so that a late frame cannot spoil the shell's screen.
 */
export class TerminalScreenOutput extends EventEmitter {
  readonly isTTY = true;
  readonly #stream: TerminalStream;
  readonly #onResize = () => this.emit('resize');
  #parts: string[] = [];
  #isClosed = false;
  /** Characters written so far; for measuring. */
  writtenLength = 0;

  constructor(stream: TerminalStream) {
    super();
    this.#stream = stream;
    stream.on('resize', this.#onResize);
  }

  get columns(): number {
    return this.#stream.columns || 80;
  }

  get rows(): number {
    return this.#stream.rows || 24;
  }

  get writable(): boolean {
    return !this.#isClosed;
  }

  /** As `Writable.write`; the callback is called when the text was handed to the terminal. */
  write(text: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean {
    const written = typeof encoding === 'function' ? encoding : callback;
    if (!this.#isClosed) {
      if (this.#parts.length === 0) queueMicrotask(() => this.flush());
      this.#parts.push(typeof text === 'string' ? text : Buffer.from(text).toString());
    }
    if (typeof written === 'function') queueMicrotask(() => written());
    return true;
  }

  end(): this {
    return this;
  }

  /** Writes at once what was gathered. */
  flush(): void {
    if (this.#parts.length === 0) return;
    const frame = withFewerMoves(this.#parts.join(''));
    this.#parts = [];
    if (frame === '') return;
    this.writtenLength += frame.length;
    this.#stream.write(frame);
  }

  /** From now on everything is thrown away. */
  close(): void {
    if (this.#isClosed) return;
    this.#parts = [];
    this.#isClosed = true;
    this.#stream.off('resize', this.#onResize);
  }
}

/** Ink steps over every unchanged line by itself; one step over all of them says the same in fewer bytes. */
function withFewerMoves(frame: string): string {
  const steps = frame.replace(/(?:\x1b\[E){2,}/g, (run) => `\x1b[${run.length / 3}E`);
  // A frame without content, as Ink writes when nothing changed.
  return steps === '\x1b[?2026h\x1b[?2026l' ? '' : steps;
}
