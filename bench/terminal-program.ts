import { readdirSync, readFileSync } from 'node:fs';
import { type IPty, spawn } from '@lydell/node-pty';

/** Synchronized output ends: what Ink writes after each frame. */
const endOfFrame = '\x1b[?2026l';
/** The console draws up to 60 frames a second, so that after this silence no further frame of a key is due. */
const silenceMs = 90;

/** What a key cost. */
export interface KeyCost {
  /** From the key to the last byte of the first frame that it caused; 0 when it caused none. */
  readonly firstFrameMs: number;
  /** To the last byte of its last frame, the pause that the frame rate puts between two frames included. */
  readonly lastFrameMs: number;
  /** Processor time of the program, its threads included; NaN where the system does not tell (only Linux does). */
  readonly cpuMs: number;
  readonly bytes: number;
}

/** A program of the pinned Node on a real terminal of 80x24. */
export class TerminalProgram {
  readonly #pty: IPty;
  readonly #start = performance.now();
  readonly #ended = Promise.withResolvers<void>();
  readonly #onData = new Set<() => void>();
  #text = '';
  #frameEnds: number[] = [];

  constructor(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.#pty = spawn(process.execPath, [...args], {
      cols: 80,
      rows: 24,
      env: { ...process.env, TERM: 'xterm-256color', ...env },
    });
    this.#pty.onData((part) => {
      this.#text += part;
      if (part.includes(endOfFrame)) this.#frameEnds.push(performance.now());
      for (const listener of this.#onData) listener();
    });
    this.#pty.onExit(() => this.#ended.resolve());
  }

  /** Milliseconds from the start of the process until it has written a text. */
  async untilWritten(text: string): Promise<number> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const look = () => this.#text.includes(text) && resolve();
    void this.#ended.promise.then(() => reject(new Error(`It ended without writing "${text}".`)));
    this.#onData.add(look);
    look();
    await promise;
    this.#onData.delete(look);
    return performance.now() - this.#start;
  }

  /** Milliseconds from the start of the process to its end. */
  async untilEnded(): Promise<number> {
    await this.#ended.promise;
    return performance.now() - this.#start;
  }

  /** Presses a key, and waits until everything that it causes is drawn. */
  async press(key: string): Promise<KeyCost> {
    this.#text = '';
    this.#frameEnds = [];
    const cpuBefore = this.#cpuMs();
    const pressed = performance.now();
    this.#pty.write(key);
    await this.#silence();
    return {
      firstFrameMs: (this.#frameEnds[0] ?? pressed) - pressed,
      lastFrameMs: (this.#frameEnds.at(-1) ?? pressed) - pressed,
      cpuMs: this.#cpuMs() - cpuBefore,
      bytes: Buffer.byteLength(this.#text),
    };
  }

  async kill(): Promise<void> {
    this.#pty.kill('SIGTERM');
    await this.#ended.promise;
  }

  #silence(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const done = () => {
      this.#onData.delete(again);
      resolve();
    };
    let timer = setTimeout(done, 2 * silenceMs);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(done, silenceMs);
    };
    this.#onData.add(again);
    return promise;
  }

  #cpuMs(): number {
    const tasks = `/proc/${this.#pty.pid}/task`;
    try {
      const nanoseconds = readdirSync(tasks).map((task) =>
        Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]),
      );
      return nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6;
    } catch {
      return Number.NaN;
    }
  }
}
