import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PtyProgram, startInPty } from '../../test/screens/helpers/pty.ts';
import { screenSvg } from './screen-svg.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'dist/main.js');
const pictures = join(root, 'docs/pictures');

/** The built program over a data directory of its own, which is prepared by commands before the console is drawn. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'mfa-console-pictures-'));

  /** Runs a command that ends with the exit code. */
  run(args: readonly string[], exitCode = 0): void {
    const { status, stderr } = spawnSync(process.execPath, [program, ...args, '--data', this.#data, '--yes']);
    if (status !== exitCode) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  }

  /** A file that a command reads, such as a password. */
  file(name: string, content: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  }

  /** Opens the console, lets it be looked at, and ends it. */
  async show(visit: (console: PtyProgram) => Promise<void>): Promise<void> {
    const console = startInPty([process.execPath, program, '--data', this.#data], { columns: 100, rows: 26 });
    try {
      await console.waitFor('Data directory');
      await visit(console);
    } finally {
      console.dispose();
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get #data(): string {
    return join(this.folder, 'data');
  }
}

/** Writes what the console shows as a picture of the documents. */
export function save(console: PtyProgram, name: string): void {
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(pictures, `${name}.svg`), screenSvg(console.emulator));
}

/** Goes from tab to tab until the one with this title is open. */
export async function openTab(console: PtyProgram, title: string): Promise<void> {
  const opened = (text: string) => /\[([A-Z][^\]!]*?)(?: !)?\]/.exec(text)?.[1];
  for (let now = opened(console.text()); now !== title; now = opened(console.text())) {
    console.write(']');
    await console.waitFor((text) => opened(text) !== now);
  }
}
