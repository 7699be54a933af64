import { expect, test } from 'vitest';
import type { CommandResult } from '../helpers/run-command.ts';
import { type Installation, newInstallation } from './helpers/installation.ts';

const verbsOfOneNoun = /^ {2}mfa-console \S/m;

test('without arguments and without a terminal the program says how to use commands', async () => {
  const mfa = newInstallation();
  const { exitCode, stdout, stderr } = await mfa.run();
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  for (const noun of ['status', 'users', 'import', 'audit', 'backup']) expect(stderr).toMatch(`\n  ${noun} `);
  expect(stderr).toMatch(verbsOfOneNoun);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^The console needs a terminal/);
  expect((await mfa.run('--json')).json).toMatchObject({ error: { code: 'terminal.required' } });
  expect(await mfa.run('help')).toMatchObject({ exitCode: 0, stdout: (await mfa.run('--help')).stdout });
});

test('the options of the console are in the help of the program, and not in that of commands', async () => {
  const mfa = newInstallation();
  expect((await mfa.run('--help')).stdout).toMatch(/Options of the console:\n {2}--read-only/);
  expect((await mfa.run('users', 'list', '--help')).stdout).not.toContain('--read-only');
});

test('the help of every command has examples, and that of a noun says where they are', async () => {
  const mfa = newInstallation();
  const leaves = await commandsBelow(mfa, []);
  expect(leaves.map(({ path }) => path.join(' '))).toEqual(
    expect.arrayContaining(['init', 'users set-pin', 'directory tree', 'runs show', 'restore']),
  );
  for (const { path, help } of leaves) {
    expect(help.exitCode).toBe(0);
    expect(help.stdout, path.join(' ')).toMatch(/\nExamples:\n {2}# \S/);
    expect(help.stdout).toContain(`\n  mfa-console ${path.join(' ')}`);
  }
});

test('a noun without its verb is wrong usage, and says where the verbs are', async () => {
  const mfa = newInstallation();
  const incomplete = await mfa.run('users', '--json');
  expect(incomplete.exitCode).toBe(2);
  expect(incomplete.json).toMatchObject({
    error: { code: 'usage.invalid', message: expect.stringContaining('--help') },
  });
});

interface HelpPage {
  path: string[];
  help: CommandResult;
}

/** The help of every command that does something, found as a person finds it: from help to help. */
async function commandsBelow(mfa: Installation, path: string[]): Promise<HelpPage[]> {
  const help = await mfa.run(...path, '--help');
  const names = namesIn(help.stdout);
  if (names.length === 0) return [{ path, help }];
  expect(help.stdout, path.join(' ')).toMatch(path.length === 0 ? 'Examples:' : 'has examples');
  const pages: HelpPage[] = [];
  for (const name of names) pages.push(...(await commandsBelow(mfa, [...path, name])));
  return pages;
}

function namesIn(help: string): string[] {
  const [, section = ''] = help.split('\nCommands:\n');
  const [list = ''] = section.split('\n\n');
  const names = [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}
