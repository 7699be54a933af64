import { describe, expect, test } from 'vitest';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const save = '\x13';
const all = '\x01';

/** What changes users: its keys up to the question, and what the question says of three of them. */
const onThree = [
  ['disabling', 'D', 'Disable 3 users?'],
  ['removing', '-', 'Remove 3 users with all settings?'],
  ['blocking', `blost${save}`, 'Block 3 users?'],
  ['a one-time bypass', `oforgot${save}`, 'Let 3 users pass once?'],
  ['setting the method', `m${save}`, 'Set the method of 3 users?'],
  ['assigning PINs', `p${save}`, 'Replace the PINs of 3 users?'],
] as const;

const askedWithButtons = [
  ['disabling one', 'D', 'Disable ada?'],
  ['removing one', '-', 'Remove ada with all settings?'],
  ['enabling many', `${all}E`, 'Enable 3 users?'],
  ['unblocking many', `${all}B`, 'Unblock 3 users?'],
  ['taking bypasses back', `${all}O`, 'Take back the one-time bypasses of 3 users?'],
] as const;

async function openThree() {
  const core = temporaryCore();
  for (const username of ['ada', 'bob', 'carla']) await core.users.add({ username });
  const console = await openConsole(core);
  console.press('2');
  await console.shows('carla');
  const versions = () => core.users.list().users.map(({ version }) => version);
  return { console, versions };
}

describe.each(onThree)('%s on several users', (_, keys, question) => {
  test('says their number, wants it typed, and does nothing for Enter, another number and Esc', async () => {
    const { console, versions } = await openThree();
    console.press(`${all}${keys}`);
    await console.shows(question);
    console.press('\r');
    await console.shows('Type the number, or press Esc.');
    console.press('2\r');
    await console.shows('That is not 3.');
    console.press('\x1b');
    await console.showsNoMore(question);
    expect(versions()).toEqual([1, 1, 1]);
  });

  test('is done when the number was typed', async () => {
    const { console, versions } = await openThree();
    console.press(`${all}${keys}`);
    await console.shows(question);
    console.press('3\r');
    await console.showsNoMore(question);
    await expect.poll(versions).not.toContain(1);
  });
});

test.each(askedWithButtons)('%s has Cancel as its default', async (_, keys, question) => {
  const { console, versions } = await openThree();
  console.press(keys);
  expect(await console.shows(question)).toContain('> Cancel <');
  console.press('\r');
  await console.showsNoMore(question);
  expect(versions()).toEqual([1, 1, 1]);
});
