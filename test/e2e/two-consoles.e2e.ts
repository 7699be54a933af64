import { describe, expect, test } from 'vitest';
import { type PtyProgram, startInPty } from '../screens/helpers/pty.ts';
import { builtProgram, type Installation, newInstallation } from './helpers/installation.ts';

const end = '\x15';
const save = '\x13';
const right = '\x1b[C';

/** Two consoles over one installation with a user ada, both with her open for editing. */
async function twoEditors(): Promise<{ mfa: Installation; one: PtyProgram; other: PtyProgram }> {
  const mfa = newInstallation();
  await mfa.json('users', 'add', 'ada', '--first-name', 'Ada', '--last-name', 'King');
  const [one, other] = await Promise.all([openEditor(mfa), openEditor(mfa)]);
  return { mfa, one, other };
}

async function openEditor(mfa: Installation): Promise<PtyProgram> {
  const console = startInPty([process.execPath, builtProgram, '--data', mfa.folder]);
  await console.waitFor('Data directory');
  console.write('2');
  await console.waitFor('> ');
  console.write('e');
  await console.waitFor('Users > ada');
  return console;
}

describe.skipIf(process.platform === 'win32')('two consoles', () => {
  test('tell each other that something has changed, and move nothing by themselves', async () => {
    const { one, other } = await twoEditors();
    try {
      other.write('\x1b\x1b');
      await other.waitFor('q Quit');
      one.write(`\t\t${end}Lovelace${save}`);
      await one.waitFor('ada is saved.');
      expect(await other.waitFor('changed, r to refresh')).toContain('Ada King');
      other.write('r');
      expect(await other.waitFor('Ada Lovelace')).not.toContain('changed, r to refresh');
    } finally {
      one.dispose();
      other.dispose();
    }
  });

  test.each([
    ['Reload', `${right}${right}`, 'Loaded again; your changes are gone.', 'Ada', 'Lovelace'],
    ['Overwrite', `${right}${right}${right}`, 'ada is saved.', 'Augusta', 'Lovelace'],
    ['Cancel', '', '* First name', 'Ada', 'Lovelace'],
  ])('that edit one user: the later one may compare, and %s', async (_, keys, said, firstName, lastName) => {
    const { mfa, one, other } = await twoEditors();
    try {
      one.write(`\t\t${end}Lovelace${save}`);
      await one.waitFor('ada is saved.');
      other.write(`\t${end}Augusta${save}`);
      await other.waitFor('Changed meanwhile');
      other.write(`${right}\r`);
      const compared = await other.waitFor(/Last name: theirs "?Lovelace/);
      expect(compared).toMatch(/First name: stored "?Ada"?, yours "?Augusta/);
      other.write('\r');
      await other.waitFor('Changed meanwhile');
      other.write(`${keys}\r`);
      await other.waitFor((text) => text.includes(said) && !text.includes('Changed meanwhile'));
      expect(await mfa.json('users', 'show', 'ada')).toMatchObject({ firstName, lastName });
    } finally {
      one.dispose();
      other.dispose();
    }
  });
});
