import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { Terminal } from '@xterm/headless';
import { render } from 'ink';
import type { ReactElement } from 'react';
import { TerminalScreenOutput } from '../../../src/screens/terminal/terminal-output.ts';
import type { Theme } from '../../../src/screens/theme/theme.ts';
import { selectTheme, ThemeProvider } from '../../../src/screens/theme/theme.ts';

export interface FrameOptions {
  /** Size of the terminal. Default 80x24. */
  readonly columns?: number;
  readonly rows?: number;
  /** Default: the standard theme with line drawing. */
  readonly theme?: Theme;
}

/** What a terminal shows after Ink drew an element, cell by cell as an emulator understood it. */
export interface Frame {
  /** The lines of the screen without spaces at their ends; the last ones may be empty. */
  lines(): Promise<string[]>;
  /** The screen as one text without empty lines at its end. */
  text(): Promise<string>;
  /** Whether the cells of a line are inverse, as a text of `#` and spaces. */
  inverse(line: number): Promise<string>;
  /** The characters in a column, line by line, whatever stands before them. */
  column(x: number): Promise<string[]>;
  rerender(element: ReactElement): void;
  resize(columns: number, rows: number): void;
  /** Characters written to the terminal since the last call. */
  written(): Promise<string>;
  close(): void;
}

export const themes = {
  standard: selectTheme('standard', { colours: 16, needsAscii: false }),
  ascii: selectTheme('standard', { colours: 0, needsAscii: true }),
};

/** Draws an element through Ink into a terminal emulator. */
export function renderFrame(element: ReactElement, options: FrameOptions = {}): Frame {
  const { columns = 80, rows = 24, theme = themes.standard } = options;
  const emulator = new Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  const stream = new FakeTerminal(emulator);
  const output = new TerminalScreenOutput(stream);
  const themed = (inner: ReactElement) => <ThemeProvider value={theme}>{inner}</ThemeProvider>;
  const ink = render(themed(element), {
    stdout: output as unknown as NodeJS.WriteStream,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    interactive: true,
    incrementalRendering: true,
    exitOnCtrlC: false,
    patchConsole: false,
  });

  async function drawn(): Promise<void> {
    await ink.waitUntilRenderFlush();
    output.flush();
    await new Promise<void>((resolve) => emulator.write('', resolve));
  }

  async function lines(): Promise<string[]> {
    await drawn();
    const { active } = emulator.buffer;
    return Array.from(
      { length: emulator.rows },
      (_, row) => active.getLine(row)?.translateToString(true) ?? '',
    );
  }

  return {
    lines,
    text: async () => (await lines()).join('\n').trimEnd(),
    async inverse(line) {
      await drawn();
      const cells = emulator.buffer.active.getLine(line);
      return Array.from({ length: emulator.cols }, (_, x) => (cells?.getCell(x)?.isInverse() ? '#' : ' '))
        .join('')
        .trimEnd();
    },
    async column(x) {
      await drawn();
      const { active } = emulator.buffer;
      return Array.from(
        { length: emulator.rows },
        (_, row) => active.getLine(row)?.getCell(x)?.getChars() ?? '',
      );
    },
    rerender: (next) => ink.rerender(themed(next)),
    resize(newColumns, newRows) {
      emulator.resize(newColumns, newRows);
      stream.emit('resize');
    },
    async written() {
      await drawn();
      const { written } = stream;
      stream.written = '';
      return written;
    },
    close: () => ink.unmount(),
  };
}

class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly #emulator: Terminal;
  written = '';

  constructor(emulator: Terminal) {
    super();
    this.#emulator = emulator;
  }

  get columns(): number {
    return this.#emulator.cols;
  }

  get rows(): number {
    return this.#emulator.rows;
  }

  write(text: string): boolean {
    this.written += text;
    this.#emulator.write(text);
    return true;
  }
}
