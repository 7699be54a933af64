import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { type PtyOptions, type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { builtProgram, newInstallation, sharedInstallation } from './helpers/installation.ts';

const dist = dirname(builtProgram);
const mfa = sharedInstallation();
let program: PtyProgram | undefined;

beforeAll(async () => {
  await mfa.json('import', '--container', 'OU=Sales,DC=corp,DC=contoso,DC=test');
  await mfa.json('users', 'add', 'konrad', '--first-name', 'Konrad');
});

afterEach(() => program?.dispose());

function start(args: readonly string[] = [], options: PtyOptions = {}): PtyProgram {
  program = startInPty([process.execPath, builtProgram, '--data', mfa.folder, ...args], options);
  return program;
}

/** What the shell says after the program has ended. */
async function ended(console: PtyProgram): Promise<string> {
  const screen = await console.waitFor(/left \d+[\s\S]*\becho\b/);
  expect(console.emulator.buffer.active.type).toBe('normal');
  expect(console.emulator.modes).toMatchObject({ bracketedPasteMode: false, wraparoundMode: true });
  expect(screen).toMatch(/[^-]icanon/);
  expect(screen).not.toContain('MFA Console');
  return screen;
}

describe.skipIf(process.platform === 'win32')('the console', () => {
  test('finds a user, edits and saves them, and leaves the terminal as it was', async () => {
    const console = start();
    expect(await console.waitFor('Data directory')).toMatch(/Users +\d+/);
    console.write('2');
    await console.waitFor('> ');
    console.write('/konrad\r');
    await console.waitFor(/Filter: konrad +1 of \d+/);
    console.write('e');
    await console.waitFor('Users > konrad');
    console.write('\t\t\x15Zuse\x13');
    await console.waitFor('konrad is saved.');
    console.write('\x1b');
    await console.waitFor('Esc Back');
    console.write('q');
    await console.waitFor('Konrad Zuse');
    console.write('q');
    expect(await ended(console)).toContain('left 0');
    expect(await mfa.json('users', 'show', 'konrad')).toMatchObject({ lastName: 'Zuse' });
  });

  test('takes keys that a link joins, and those that it splits', async () => {
    // A busy machine may need longer for the parts of a key than any link.
    const console = start([], { env: { MFA_CONSOLE_ESCAPE_MS: '3000' } });
    await console.waitFor('Data directory');
    console.write('2/konrad\re');
    await console.waitFor('Users > konrad');
    console.write('\x1bq');
    await console.waitFor('1 of');
    console.write('\x1bgj');
    await console.waitFor(/By username/);
    for (const part of ['\x1b', '[', 'F']) {
      console.write(part);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await console.waitFor((text) => /> {4}[v-z]/.test(text));
  });

  test('follows the size of the terminal', async () => {
    const console = start();
    await console.waitFor('Data directory');
    console.resize(120, 40);
    await console.waitFor((text) => text.split('\n')[38]?.includes('q Quit') ?? false);
    console.resize(70, 20);
    await console.waitFor('MFA Console needs 80x24; this terminal is 70x20.');
    console.resize(80, 24);
    await console.waitFor((text) => text.split('\n')[22]?.includes('q Quit') ?? false);
  });

  test.each([
    ['options', ['--ascii', '--no-color'], {}],
    ['the environment', [], { MFA_CONSOLE_ASCII: '1', NO_COLOR: '1' }],
  ])('draws plainly when %s ask for it', async (_, args, env) => {
    const console = start(args, { env });
    expect(await console.waitFor('Data directory')).toMatch(/^[\x20-\x7e\n]*$/);
    console.write('2');
    expect(await console.waitFor('By username')).toMatch(/^[\x20-\x7e\n]*$/m);
    expect(console.written()).not.toMatch(/\x1b\[[\d;]*(3|9)\dm/);
    expect(console.written()).toContain('\x1b[7m');
  });

  test('draws with bright colours in high contrast', async () => {
    const console = start(['--theme', 'high-contrast']);
    await console.waitFor('Data directory');
    expect(console.written()).toMatch(/\x1b\[97m/);
  });

  test('changes nothing when it is read-only, not even a data directory that is not there', async () => {
    const console = start(['--read-only']);
    await console.waitFor('READ-ONLY');
    console.write('2-');
    await console.waitFor('! This console was started with --read-only.');
    console.write('q');
    expect(await ended(console)).toContain('left 0');
    const nowhere = newInstallation();
    const other = startInPty([process.execPath, builtProgram, '--data', nowhere.folder, '--read-only']);
    expect(await other.waitFor(/left \d+/)).toMatch(/There is no database at .*left 1/s);
    other.dispose();
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])('restores the terminal after %s', async (signal, exitCode) => {
    const console = start();
    await console.waitFor('Data directory');
    process.kill(console.pid(), signal);
    expect(await ended(console)).toContain(`left ${exitCode}`);
  });

  test('asks before edits are lost by Ctrl+C', async () => {
    const console = start();
    await console.waitFor('Data directory');
    console.write('2/konrad\re');
    await console.waitFor('Users > konrad');
    console.write('\tX\x03');
    await console.waitFor('konrad has changes that are not saved.');
    console.write('\x1b[C\r');
    await console.waitFor('1 of');
    console.write('\x03');
    expect(await ended(console)).toContain('left 0');
  });

  test('says what others change, and shows it when asked', async () => {
    const console = start();
    await console.waitFor('Data directory');
    console.write('2/newcomer');
    await console.waitFor('Nothing matches');
    await mfa.json('users', 'add', 'newcomer');
    await console.waitFor('changed, r to refresh');
    console.write('\rr');
    await console.waitFor(/> {4}newcomer/);
  });

  test('reads out line by line for a screen reader, without an alternate screen', async () => {
    const console = start(['--screen-reader']);
    await console.waitFor('Data directory');
    expect(console.emulator.buffer.active.type).toBe('normal');
    console.write('2');
    expect(await console.waitFor(/^1 of \d+: Username \S+, Name /m)).not.toContain('─');
    console.write('e');
    await console.waitFor(/> {2}Username +\[/);
    console.write('\x03q');
    await console.waitFor('left 0');
  });
});

test('commands for scripts load nothing that only the console needs', async () => {
  const folder = temporaryFolder();
  const env = { ...process.env, NODE_V8_COVERAGE: folder };
  await promisify(execFile)(
    process.execPath,
    [builtProgram, 'users', 'list', '--limit', '1', '--json', '--data', mfa.folder],
    { env },
  );
  const [report = ''] = readdirSync(folder);
  const { result } = JSON.parse(readFileSync(join(folder, report), 'utf8')) as { result: { url: string }[] };
  const chunks = result.map(({ url }) => url).filter((url) => url.startsWith(pathToFileURL(dist).href));
  expect(chunks.length).toBeGreaterThan(3);
  const having = (text: string) => chunks.filter((url) => readFileSync(new URL(url), 'utf8').includes(text));
  expect(having('react.transitional')).toEqual([]);
  // Only what asks the audit log with its filters builds queries with a library.
  expect(having('SelectQueryNode')).toEqual([]);
});
