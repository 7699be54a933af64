import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawn } from '@lydell/node-pty';
import type { Terminal as TerminalType } from '@xterm/headless';

// Node does not see the names that this CommonJS package exports.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as typeof import('@xterm/headless');

/** A program in a real pseudo terminal, with an emulator that shows what it draws. */
export interface PtyProgram {
  /** Process id of the program itself. */
  readonly pid: () => number;
  write(text: string): void;
  resize(columns: number, rows: number): void;
  /** Closes the terminal, as a lost connection does. */
  hangUp(): void;
  lines(): string[];
  text(): string;
  /** Resolves when the screen satisfies the condition; fails with the screen after 10 s. */
  waitFor(what: string | RegExp | ((text: string) => boolean)): Promise<string>;
  /** Everything the program wrote, escape sequences included. */
  readonly written: () => string;
  readonly emulator: TerminalType;
  /** Ends it if it is still there. */
  dispose(): void;
}

export interface PtyOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Record<string, string>;
}

/**
 * Starts a program under a shell, which afterwards prints the exit code and the modes of the terminal:
 * `left 0`, the output of stty, and `modes as before` or `modes changed`.
 */
export function startInPty(command: readonly string[], options: PtyOptions = {}): PtyProgram {
  const { columns = 80, rows = 24, env = {} } = options;
  const emulator = new Terminal({ cols: columns, rows, allowProposedApi: true });
  const compare = `[ "$(stty -g)" = "$before" ] && echo modes as before || echo modes changed`;
  const script = `before=$(stty -g); "$@"; printf '\\nleft %s\\n' $?; stty -a; ${compare}`;
  const pty = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    name: 'xterm-256color',
    cols: columns,
    rows,
    env: {
      PATH: process.env.PATH ?? '',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
      // Nobody's own preferences.
      MFA_CONSOLE_PREFERENCES: '/nobody/preferences.json',
      ...env,
    },
  });
  let written = '';
  let onChange = () => {};
  pty.onData((text) => {
    written += text;
    emulator.write(text, () => onChange());
  });

  function lines(): string[] {
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      // Up to its width, because the emulator keeps what a wider screen had behind it.
      (_, row) => active.getLine(active.baseY + row)?.translateToString(true, 0, emulator.cols) ?? '',
    );
  }
  const text = () => lines().join('\n');

  return {
    pid: () => Number(readFileSync(`/proc/${pty.pid}/task/${pty.pid}/children`, 'utf8').trim().split(' ')[0]),
    write: (keys) => pty.write(keys),
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      pty.resize(newColumns, newRows);
    },
    hangUp: () => pty.kill('SIGHUP'),
    lines,
    text,
    waitFor: (what) =>
      new Promise((resolve, reject) => {
        const matches = (screen: string) => {
          if (typeof what === 'function') return what(screen);
          return typeof what === 'string' ? screen.includes(what) : what.test(screen);
        };
        const timer = setTimeout(() => {
          onChange = () => {};
          reject(new Error(`The screen never showed ${what}:\n${text()}`));
        }, 30_000);
        onChange = () => {
          const screen = text();
          if (!matches(screen)) return;
          clearTimeout(timer);
          onChange = () => {};
          resolve(screen);
        };
        onChange();
      }),
    written: () => written,
    emulator,
    dispose() {
      try {
        pty.kill('SIGKILL');
      } catch {
        // It has ended by itself.
      }
    },
  };
}
