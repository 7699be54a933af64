import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { finish } from '../helpers/run-command.ts';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { newInstallation } from './helpers/installation.ts';
import { silentServer } from './helpers/silent-server.ts';

const bindPassword = 'Sw0rdfish-bind-Pa55';
const secrets = [bindPassword, 'Sw0rdfish-other-Pa55', '83017426', '61940285'] as const;

describe('a secret', () => {
  const silent = silentServer();

  test('from a file or from standard input is in no output, audit event, export or file', async () => {
    const mfa = newInstallation();
    const heard: string[] = [];
    const run = async (input: string, ...args: string[]) => {
      const { exitCode, stdout, stderr } = await mfa.runWithInput(input, ...args);
      heard.push(stdout, stderr);
      return exitCode;
    };
    const [password, otherPassword, pin, otherPin] = secrets;
    const connect = [...silent.directorySet, '--connect-timeout', '1', '--bind-password-file'];
    const setPin = ['users', 'set-pin', 'ada', '--pin-file'];
    expect(await run('', 'users', 'add', 'ada', '--pin-file', secretFile(pin))).toBe(0);
    expect(await run(`${otherPin}\n`, ...setPin, '-', '--dry-run', '--json')).toBe(0);
    expect(await run(`${otherPin}\n`, ...setPin, '-')).toBe(0);
    expect(await run('', ...setPin, secretFile(pin)), 'a PIN that was used before').toBe(2);
    expect(await run('', ...connect, secretFile(password))).toBe(0);
    expect(await run(`${otherPassword}\n`, ...connect, '-', '--dry-run', '--json')).toBe(0);
    expect(await run(`${otherPassword}\n`, ...connect, '-')).toBe(0);

    const exported = join(mfa.folder, 'users.json');
    const backup = join(mfa.folder, 'mfa.backup');
    expect(await run('', 'users', 'export', '--format', 'json', '--output', exported)).toBe(0);
    expect(await run('', 'backup', backup, '--without-key')).toBe(0);
    for (const command of reports) expect(await run('', ...command.split(' ')), command).toBe(0);
    // The server never answers.
    expect(await run('', 'directory', 'test')).toBe(1);
    expect(await run('', 'directory', 'tree', '--json')).toBe(1);

    expect(formsIn(heard.join('\n'), 'reader@corp.example')).toEqual(['utf8']);
    for (const secret of secrets) expect(formsIn(heard.join('\n'), secret)).toEqual([]);
    const files = readdirSync(mfa.folder);
    expect(files).toEqual(expect.arrayContaining(['mfa-console.db', 'users.json', 'mfa.backup']));
    for (const name of files) {
      const content = readFileSync(join(mfa.folder, name));
      for (const secret of secrets) expect(formsIn(content, secret), name).toEqual([]);
    }
  });

  test.skipIf(process.platform !== 'linux')(
    'that a process uses is not in the list of processes',
    async () => {
      const mfa = newInstallation();
      const set = [...silent.directorySet, '--connect-timeout', '60', '--bind-password-file', '-'];
      expect(await mfa.runWithInput(bindPassword, ...set)).toMatchObject({ exitCode: 0 });
      const connected = silent.nextConnection();
      const child = mfa.start('directory', 'test');
      const ended = finish(child);
      await connected;
      const list = processArguments();
      const environment = readFileSync(`/proc/${child.pid}/environ`, 'utf8');
      child.kill('SIGKILL');
      await ended;
      expect(list).toContainEqual(expect.stringMatching(/main\.js directory test $/));
      expect(environment).toContain(mfa.folder);
      expect(formsIn([...list, environment].join('\n'), bindPassword)).toEqual([]);
    },
  );

  test.each([
    ['directory', 'set', '--bind-password', bindPassword],
    ['users', 'set-pin', 'ada', '--pin', '83017426'],
    ['backup', 'mfa.backup', '--passphrase', bindPassword],
  ])('cannot be given as an argument: %s %s', async (...args) => {
    const { exitCode, stderr } = await newInstallation().run(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Unknown option '--[a-z-]+'[^\n]*\n$/);
    expect(formsIn(stderr, String(args.at(-1)))).toEqual([]);
  });

  test('that is refused is not repeated', async () => {
    const mfa = newInstallation();
    await mfa.json('users', 'add', 'ada');
    const { exitCode, stdout, stderr } = await mfa.runWithInput(
      '123456',
      'users',
      'set-pin',
      'ada',
      '--pin-file',
      '-',
    );
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain('PIN');
    expect(formsIn(stdout + stderr, '123456')).toEqual([]);
  });

  test('that was generated is printed once', async () => {
    const mfa = newInstallation();
    await mfa.json('users', 'add', 'ada');
    const { results } = await mfa.json<{ results: { pin: string }[] }>(
      'users',
      'set-pin',
      'ada',
      '--generate',
    );
    const generated = String(results[0]?.pin);
    expect(generated).toMatch(/^\d{4,}$/);
    for (const command of ['users show ada --json', 'users export', 'audit list --json']) {
      const { stdout } = await mfa.run(...command.split(' '));
      expect(stdout.split(/\D+/), command).not.toContain(generated);
    }
  });
});

const reports = [
  'users show ada --json',
  'users list --json',
  'users export',
  'users export --json',
  'directory show',
  'directory show --json',
  'settings get --json',
  'status --json',
  'audit list --json',
  'audit export --format csv',
];

/** What `ps` shows of every process. */
function processArguments(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return []; // It has ended since.
      }
    });
}

function secretFile(secret: string): string {
  const file = join(temporaryFolder(), 'secret');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return file;
}

/** The ways of writing a secret that occur in a text or file. */
function formsIn(content: string | Buffer, secret: string): string[] {
  const bytes = Buffer.from(content);
  return (['utf8', 'utf16le', 'base64', 'hex'] as const).filter((encoding) =>
    bytes.includes(
      encoding === 'utf16le' ? Buffer.from(secret, 'utf16le') : Buffer.from(secret).toString(encoding),
    ),
  );
}
