import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../../../scripts/bundle.ts';
import { type PtyOptions, type PtyProgram, startInPty } from '../helpers/pty.ts';

let folder: string;
let program: PtyProgram | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mfa-console-screens-'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await bundle({ demo: 'test/screens/fixtures/demo-program.tsx' }, folder);
});

afterEach(() => program?.dispose());
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(options: PtyOptions = {}): Promise<PtyProgram> {
  program = startInPty([process.execPath, join(folder, 'demo.js')], options);
  await program.waitFor('aadams000000');
  return program;
}

describe.skipIf(process.platform === 'win32')('a full-screen program in a real terminal', () => {
  test('acts on every key of one packet', async () => {
    const demo = await start();
    demo.write('jj\x1b[Bk /bad\rx');
    await demo.waitFor('Remove users');
    demo.write('1\r');
    await demo.waitFor('Removed 1 users.');
    expect(demo.text()).toMatch(/Filter: bad +1 marked/);
  });

  test('puts sequences together that arrive in parts', async () => {
    const demo = await start();
    for (const part of ['\x1b', '[', '6', '~']) {
      demo.write(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await demo.waitFor(/^.*│> .*000016/m);
  });

  test('takes a lone Escape after a moment, and Escape joined with a key as both', async () => {
    const demo = await start();
    demo.write('/zzz');
    await demo.waitFor('Nothing matches');
    demo.write('\x1b');
    await demo.waitFor('aadams000000');
    demo.write('/zzz');
    await demo.waitFor('Nothing matches');
    demo.write('\x1bj');
    await demo.waitFor(/> .*badams000001/);
  });

  test('takes a paste of several lines as text, never as Enter', async () => {
    const demo = await start();
    demo.write('/\x1b[200~bad\r\nams\r\n\x1b[201~');
    await demo.waitFor('Filter: bad ams');
    expect(demo.text()).not.toContain('Opened');
  });

  test('follows the size of the terminal, down to a polite refusal and back', async () => {
    const demo = await start();
    demo.resize(120, 40);
    await demo.waitFor((text) => text.split('\n')[38]?.includes('q Quit') ?? false);
    demo.resize(60, 15);
    await demo.waitFor('MFA Console needs 80x24; this terminal is 60x15.');
    demo.resize(80, 24);
    await demo.waitFor((text) => text.split('\n')[22]?.includes('q Quit') ?? false);
    expect(demo.lines()[23]).toBe('');
  });

  test('draws everything anew on Ctrl+L after something else wrote to the terminal', async () => {
    const demo = await start();
    const before = demo.text();
    const message = '\x1b[5;5HBroadcast message from root: going down\r\n\r\n';
    await new Promise<void>((resolve) => demo.emulator.write(message, resolve));
    expect(demo.text()).toContain('Broadcast message');
    demo.write('\x0c');
    await demo.waitFor((text) => text === before);
  });

  test('shows palette and help, and says why a command cannot be done', async () => {
    const demo = await start();
    demo.write(':sync');
    await demo.waitFor('There is no synchronization yet.');
    demo.write('\x1b');
    await demo.waitFor((text) => !text.includes('Command ─'));
    demo.write('?');
    await demo.waitFor('Open a user');
    demo.write('qy');
    await demo.waitFor('! There is no synchronization yet.');
  });

  test('draws with ASCII and without colour where it must', async () => {
    const demo = await start({ env: { TERM: 'vt100', NO_COLOR: '1', MFA_CONSOLE_ASCII: '1' } });
    expect(demo.text()).toMatch(/^[\x20-\x7e\n]*$/);
    expect(demo.written()).not.toMatch(/\x1b\[[\d;]*(3|9)\dm/);
  });
});

interface WayOut {
  readonly name: string;
  readonly exitCode: number;
  leave(demo: PtyProgram): void;
}

const waysOut: readonly WayOut[] = [
  { name: 'quit', exitCode: 0, leave: (demo) => demo.write('q') },
  { name: 'Ctrl+C', exitCode: 0, leave: (demo) => demo.write('\x03') },
  { name: 'SIGINT', exitCode: 130, leave: (demo) => process.kill(demo.pid(), 'SIGINT') },
  { name: 'SIGTERM', exitCode: 143, leave: (demo) => process.kill(demo.pid(), 'SIGTERM') },
  { name: 'SIGHUP', exitCode: 129, leave: (demo) => process.kill(demo.pid(), 'SIGHUP') },
  { name: 'a crash', exitCode: 1, leave: (demo) => demo.write('!') },
];

describe.skipIf(process.platform !== 'linux')('the terminal is left as it was', () => {
  test.each(waysOut)('after $name', async ({ exitCode, leave }) => {
    const demo = await start();
    expect(demo.emulator.buffer.active.type).toBe('alternate');
    leave(demo);
    const screen = await demo.waitFor(/left \d+[\s\S]*\becho\b/);
    expect(screen).toContain(`left ${exitCode}`);
    expect(screen).toMatch(/[^-]icanon/);
    expect(screen).toMatch(/[^-]isig/);
    expect(demo.emulator.buffer.active.type).toBe('normal');
    expect(demo.emulator.modes.bracketedPasteMode).toBe(false);
    expect(demo.emulator.modes.wraparoundMode).toBe(true);
    const written = demo.written();
    expect(written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(written.lastIndexOf('\x1b[?25l'));
    // No frame is written onto the shell's screen.
    expect(screen).not.toContain('aadams');
    if (exitCode === 1) expect(screen).toContain('The demonstration crashed as it was told to.');
    if (exitCode === 0) expect(screen).toContain('The demonstration ended.');
  });

  test('and nothing is left running after the terminal went away', async () => {
    const demo = await start();
    const pid = demo.pid();
    demo.hangUp();
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
