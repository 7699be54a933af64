import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Core } from '../../../src/core/core.ts';
import { openPreferences } from '../../../src/screens/preferences/preferences-store.ts';
import { sections } from '../../../src/screens/sections.ts';
import { ConsoleView } from '../../../src/screens/shell/console-view.tsx';
import type { Section } from '../../../src/screens/shell/section.ts';
import { createShell, type Shell } from '../../../src/screens/shell/shell.ts';
import { KeyDecoder } from '../../../src/screens/terminal/key-decoder.ts';
import type { Theme } from '../../../src/screens/theme/theme.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { type Frame, renderFrame } from './render-frame.tsx';

export interface ConsoleOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly isReadOnly?: boolean;
  readonly theme?: Theme;
  /** Default: one that is not there. */
  readonly preferencesFile?: string;
  /** Default: those of the product. */
  readonly sections?: readonly Section[];
}

/** A console in an emulated terminal, without a process of its own. */
export interface TestConsole {
  readonly shell: Shell;
  readonly frame: Frame;
  /** Whether it was left. */
  hasQuit(): boolean;
  /** Sends keys as a terminal does, as one packet. */
  press(bytes: string): void;
  /** Resolves with the screen when it shows something; fails with the screen after a while. */
  shows(what: string | RegExp): Promise<string>;
  /** As {@link shows}, for what must go away. */
  showsNoMore(what: string | RegExp): Promise<string>;
  resize(columns: number, rows: number): void;
}

/** Opens the console over a core, in its first section. */
export async function openConsole(core: Core, options: ConsoleOptions = {}): Promise<TestConsole> {
  const size = { columns: options.columns ?? 80, rows: options.rows ?? 24 };
  const output = Object.assign(new EventEmitter(), size);
  const decoder = new KeyDecoder();
  let hasQuit = false;
  const shell = createShell({
    core,
    sections: options.sections ?? sections,
    isReadOnly: options.isReadOnly ?? false,
    preferences: openPreferences(options.preferencesFile ?? join(temporaryFolder(), 'preferences.json')),
    size: () => output,
    redraw: () => {},
    quit: () => {
      hasQuit = true;
    },
  });
  shell.context.goTo(shell.sections[0]?.id ?? '');
  await shell.navigator.loading();
  const frame = renderFrame(<ConsoleView shell={shell} output={output} />, {
    ...size,
    ...(options.theme && { theme: options.theme }),
  });
  onTestFinished(() => {
    frame.close();
    shell.close();
  });

  async function settle(isSettled: (text: string) => boolean, what: string | RegExp): Promise<string> {
    let text = '';
    await expect
      .poll(
        async () => {
          text = await frame.text();
          return isSettled(text) ? what : text;
        },
        { timeout: 30_000, interval: 10 },
      )
      .toBe(what);
    return text;
  }

  const matches = (text: string, what: string | RegExp) =>
    typeof what === 'string' ? text.includes(what) : what.test(text);

  return {
    shell,
    frame,
    hasQuit: () => hasQuit,
    press: (bytes) => shell.input([...decoder.push(Buffer.from(bytes)), ...decoder.flush()]),
    shows: (what) => settle((text) => matches(text, what), what),
    showsNoMore: (what) => settle((text) => !matches(text, what), what),
    resize(columns, rows) {
      Object.assign(output, { columns, rows });
      frame.resize(columns, rows);
      output.emit('resize');
    },
  };
}
