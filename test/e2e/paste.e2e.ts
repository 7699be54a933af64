import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { PtyProgram } from '../screens/helpers/pty.ts';
import { startConsole } from './helpers/console-in-terminal.ts';
import { sharedInstallation } from './helpers/installation.ts';

const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;
const lines = paste('Kon\r\nrad\rder\nErste\r');
const joined = 'Kon rad der Erste';

const mfa = sharedInstallation();
let console: PtyProgram | undefined;

beforeAll(async () => {
  for (const name of ['konrad', 'ada']) await mfa.json('users', 'add', name);
});

afterEach(() => console?.dispose());

/** Where text is pasted: the keys there, what is seen then, and what is seen when it was pasted. */
const places: [place: string, keys: string, seen: RegExp, pasted: RegExp][] = [
  ['a filter', '/', /Enter Keep filter/, new RegExp(`Filter: ${joined}.*[\\s\\S]*Enter Keep filter`)],
  ['a field of a form', 'e\t', /> {2}First name/, new RegExp(`>\\* First name +\\[${joined} *\\]`)],
  ['a field of a dialog', 'b', /─ Block ─/, new RegExp(`> ?\\*? Reason +\\[${joined} *\\]`)],
  ['a masked field', 'p', /─ Assign a PIN ─/, /PIN +\[\*{17} *\]/],
  ['a question for a number', '*-', /─ Remove users ─/, /Type 2 to confirm: .*der Erste/],
  ['the command palette', ':', /─ Command ─/, new RegExp(`: ${joined}`)],
];

describe.skipIf(process.platform === 'win32')('several pasted lines', () => {
  test.each(places)('in %s are one text, and are not sent off', async (_, keys, seen, pasted) => {
    const before = await mfa.json('users', 'list');
    console = startConsole(mfa);
    await console.waitFor('Data directory');
    console.write('2');
    await console.waitFor(/> +ada/);
    console.write(keys);
    await console.waitFor(seen);
    console.write(lines);
    await console.waitFor(pasted);
    expect(await mfa.json('users', 'list')).toEqual(before);
  });

  test.each([
    ['a list', '', /> +ada/],
    ['a question', 'D', /> Cancel </],
  ])('in %s do nothing', async (_, keys, seen) => {
    const before = await mfa.json('users', 'list');
    console = startConsole(mfa);
    await console.waitFor('Data directory');
    console.write('2');
    await console.waitFor(/> +ada/);
    console.write(keys);
    const shown = await console.waitFor(seen);
    // Letters that are commands of lists, and ways to say yes.
    console.write(paste('q2\r\nD\rEy\n'));
    // An answer to a later key shows that the paste was taken.
    console.resize(60, 15);
    await console.waitFor('MFA Console needs');
    console.resize(80, 24);
    await console.waitFor((text) => text === shown);
    expect(await mfa.json('users', 'list')).toEqual(before);
  });
});
