import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type PtyOptions, type PtyProgram, startInPty } from '../../screens/helpers/pty.ts';
import { builtProgram, type Installation } from './installation.ts';

export interface ConsoleInTerminalOptions extends PtyOptions {
  readonly args?: readonly string[];
  /** The program decides as on Windows. */
  readonly asOnWindows?: boolean;
  /** Reads the name of another terminal from this one first, and then its keys from there. */
  readonly hasOwnKeyboard?: boolean;
}

const preload = (name: string) => [
  '--import',
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url)),
];

/** Starts the built console on an installation. SIGUSR2 makes it crash. */
export function startConsole(mfa: Installation, options: ConsoleInTerminalOptions = {}): PtyProgram {
  const { args = [], asOnWindows = false, hasOwnKeyboard = false, env, ...terminal } = options;
  const redirect = hasOwnKeyboard ? ['/bin/sh', '-c', 'read device; exec "$@" < $device', 'sh'] : [];
  return startInPty(
    [
      ...redirect,
      process.execPath,
      ...preload('crash-on-signal.mjs'),
      ...(asOnWindows ? preload('as-windows.mjs') : []),
      ...[builtProgram, '--data', mfa.folder, ...args],
    ],
    // Where Windows keeps what is temporary; Node asks for it.
    { ...terminal, env: { ...(asOnWindows && { TEMP: tmpdir() }), ...env } },
  );
}
