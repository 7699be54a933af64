import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../helpers/temporary-folder.ts';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

interface Started {
  readonly mfa: Installation;
  readonly file: string;
  start(args?: readonly string[], env?: Record<string, string>): PtyProgram;
}

async function preferring(content: string): Promise<Started> {
  const mfa = newInstallation();
  await mfa.json('users', 'add', 'ada');
  const file = join(temporaryFolder(), 'preferences.json');
  writeFileSync(file, content);
  return {
    mfa,
    file,
    start(args = [], env = {}) {
      const command = [process.execPath, builtProgram, '--data', mfa.folder, ...args];
      const program = startInPty(command, { env: { MFA_CONSOLE_PREFERENCES: file, ...env } });
      onTestFinished(() => program.dispose());
      return program;
    },
  };
}

describe.skipIf(process.platform === 'win32')('preferences', () => {
  test('bring the console back to where it was left', async () => {
    const { file, start } = await preferring('{"startSection":"last"}');
    const first = start();
    await first.waitFor('Data directory');
    first.write('2');
    await first.waitFor('By username');
    first.write('q');
    await first.waitFor('left 0');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ startSection: 'last', lastSection: 'users' });
    expect(await start().waitFor('By username')).toMatch(/^ MFA Console {2}Users/);
  });

  test('are saved from the palette with the built program, and the next console follows them', async () => {
    const { file, start } = await preferring('{}');
    const console = start();
    await console.waitFor('Data directory');
    console.write(':preferences\r');
    await console.waitFor('Columns of users');
    console.write('\t\x1b[C\x13');
    await console.waitFor('Your preferences are saved.');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ ascii: 'yes' });
    expect(await start().waitFor('Data directory')).toMatch(/^-{80}$/m);
  });

  test('count less than options and the environment', async () => {
    const { start } = await preferring('{"ascii":"yes","theme":"high-contrast"}');
    const byEnvironment = start([], { MFA_CONSOLE_ASCII: '0', NO_COLOR: '1' });
    expect(await byEnvironment.waitFor('Data directory')).toMatch(/^─{80}$/m);
    expect(byEnvironment.written()).not.toMatch(/\x1b\[(3|9)\d/);
    const preferred = start();
    await preferred.waitFor('Data directory');
    expect(preferred.written()).toContain('\x1b[97m');
    const byOption = start(['--theme', 'none']);
    await byOption.waitFor('Data directory');
    expect(byOption.written()).not.toContain('\x1b[97m');
  });

  test.each([
    ['{ broken', 'Your preferences were ignored'],
    ['{"theme":"pink"}', 'Ignored in your preferences: theme'],
  ])('in a file that holds %s are reported and ignored', async (content, reported) => {
    const { start } = await preferring(content);
    const text = await start().waitFor(reported);
    expect(text).toContain('Data directory');
  });
});
