import { spawn } from '@lydell/node-pty';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { fakeBaseDn, fakePeople, fakeStaff } from '../helpers/fake-entries.ts';
import type { PtyProgram } from '../screens/helpers/pty.ts';
import { type FakeLdap, startFakeLdap } from '../servers/fake-ldap.ts';
import { startConsole } from './helpers/console-in-terminal.ts';
import { connectToFake } from './helpers/fake-directory.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';

const right = '\x1b[C';
const terminals = [
  { terminal: 'as the machine is', asOnWindows: false },
  { terminal: 'as on Windows', asOnWindows: true },
];
let program: PtyProgram | undefined;

afterEach(() => program?.dispose());

interface Place {
  readonly place: string;
  /** An installation for it, which is not used by another test. */
  prepare(): Promise<{ mfa: Installation; server?: FakeLdap }>;
  /** Goes there from Status. */
  go(console: PtyProgram, server?: FakeLdap): Promise<unknown>;
}

async function withAda() {
  const mfa = newInstallation();
  await mfa.json('users', 'add', 'ada');
  return { mfa };
}

const places: readonly Place[] = [
  { place: 'Status', prepare: withAda, go: async () => {} },
  {
    place: 'a dialog',
    prepare: withAda,
    async go(console) {
      console.write('2');
      await console.waitFor(/> +ada/);
      console.write('b');
      await console.waitFor('Reason');
    },
  },
  {
    place: 'a form with changes',
    prepare: withAda,
    async go(console) {
      console.write('2');
      await console.waitFor(/> +ada/);
      console.write('e\tAda');
      await console.waitFor('* First name');
    },
  },
  {
    place: 'an import',
    async prepare() {
      const domain = { dn: fakeBaseDn, attributes: { objectClass: ['top', 'domainDNS'] } };
      const staff = fakeStaff({ name: 'Staff', objectGUID: Buffer.alloc(16, 7) });
      const server = await startFakeLdap({ entries: [domain, staff, ...fakePeople(3000)] });
      onTestFinished(() => server.stop());
      return { mfa: await connectToFake(newInstallation(), server), server };
    },
    async go(console, server) {
      console.write('2');
      await console.waitFor('There are no users yet');
      console.write('i');
      await console.waitFor('(3,000 users)');
      if (server) server.state.faults = { stallAfter: 2100 };
      console.write('\r');
      await console.waitFor('Preview first');
      console.write(`${right}\r`);
      await console.waitFor(/[12],000 of 3,000/);
    },
  },
];

const losses = [
  { loss: 'SIGINT', exitCode: 130 },
  { loss: 'SIGTERM', exitCode: 143 },
  { loss: 'SIGHUP', exitCode: 129 },
  // Makes it crash; see startConsole.
  { loss: 'SIGUSR2', exitCode: 1 },
] as const;

/** What the shell shows after the program has left the terminal as it was. */
async function left(console: PtyProgram): Promise<string> {
  const screen = await console.waitFor(/modes (as before|changed)/);
  expect(screen).toContain('modes as before');
  expect(console.emulator.buffer.active.type).toBe('normal');
  expect(console.emulator.modes).toMatchObject({
    bracketedPasteMode: false,
    mouseTrackingMode: 'none',
    sendFocusMode: false,
    applicationCursorKeysMode: false,
    wraparoundMode: true,
  });
  const written = console.written();
  expect(written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(written.lastIndexOf('\x1b[?25l'));
  // No frame is drawn onto the shell's screen.
  expect(screen).not.toMatch(/MFA Console {2}|─/);
  return screen;
}

describe.skipIf(process.platform !== 'linux').each(terminals)('$terminal, the console', ({ asOnWindows }) => {
  describe.each(places)('in $place', ({ prepare, go }) => {
    test.each(losses)('leaves the terminal as it was after $loss', async ({ loss, exitCode }) => {
      const { mfa, server } = await prepare();
      program = startConsole(mfa, { asOnWindows });
      await program.waitFor('Data directory');
      await go(program, server);
      expect(program.emulator.buffer.active.type).toBe('alternate');
      process.kill(program.pid(), loss);
      const screen = await left(program);
      expect(screen).toContain(`left ${exitCode}`);
      expect(screen.includes('A mistake in the program.')).toBe(loss === 'SIGUSR2');
      if (server) await expectResumable(mfa, server);
    });

    test('leaves the terminal as it was when it can read no more keys', async () => {
      const { mfa, server } = await prepare();
      program = startConsole(mfa, { asOnWindows, hasOwnKeyboard: true });
      // After it, so that only this process holds the keyboard.
      const keyboard = await openKeyboard();
      program.write(`${keyboard.device}\n`);
      await program.waitFor('Data directory');
      await go({ ...program, write: keyboard.write }, server);
      keyboard.remove();
      expect(await left(program)).toContain('left 129');
      if (server) await expectResumable(mfa, server);
    });
  });

  test.each([
    ['q', 'q'],
    ['Ctrl+C', '\x03'],
  ])('leaves the terminal as it was after %s', async (_, key) => {
    const { mfa } = await withAda();
    program = startConsole(mfa, { asOnWindows });
    await program.waitFor('Data directory');
    program.write(key);
    expect(await left(program)).toContain('left 0');
  });

  test('leaves a dialog, and then the terminal, with Ctrl+C alone', async () => {
    const { mfa } = await withAda();
    program = startConsole(mfa, { asOnWindows });
    await program.waitFor('Data directory');
    await places[1]?.go(program);
    program.write('\x03\x03');
    expect(await left(program)).toContain('left 0');
  });
});

/** What was imported is kept, and the rest can follow. */
async function expectResumable(mfa: Installation, server: FakeLdap): Promise<void> {
  server.state.faults = {};
  const { run } = await mfa.json<{ run: object }>('import', '--resume', '1');
  expect(run).toMatchObject({ state: 'completed', resumes: 1, counts: { read: 3000, failed: 0 } });
}

/** What a pseudo terminal can also do, but for its types. */
interface Destroyable {
  destroy(): void;
}

interface Keyboard {
  readonly device: string;
  write(keys: string): void;
  remove(): void;
}

/** A second terminal, only for keys; the first one survives when it goes away. */
async function openKeyboard(): Promise<Keyboard> {
  const pty = spawn('/bin/sh', ['-c', 'tty; exec sleep 60'], { cols: 80, rows: 24 });
  const device = await new Promise<string>((resolve) => {
    let text = '';
    pty.onData((part) => {
      text += part;
      const name = /^(\/dev\/\S+)\r?\n/.exec(text)?.[1];
      if (name) resolve(name);
    });
  });
  return {
    device,
    write: (keys) => pty.write(keys),
    remove: () => (pty as unknown as Destroyable).destroy(),
  };
}
