import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const save = '\x13';

async function openList() {
  const core = temporaryCore();
  for (const username of ['ada', 'bob']) await core.users.add({ username });
  await core.users.disable(['ada']);
  const console = await openConsole(core);
  console.press('2');
  await console.shows('bob');
  const choose = async (words: string) => {
    console.press(`:${words}`);
    await console.shows('one user');
    console.press('\r');
  };
  return { core, console, choose };
}

test('all data of a user is written to a private file, and that is logged', async () => {
  const { core, console } = await openList();
  const file = join(core.folder, 'ada.json');
  console.press('X');
  await console.shows('All that is stored about ada');
  console.press(`${file}${save}`);
  await console.shows('Exported to');
  const data = JSON.parse(readFileSync(file, 'utf8'));
  expect(data).toMatchObject({ user: { username: 'ada', hasPin: false }, usernames: ['ada'], mails: [] });
  expect(data.events.map(({ action }: { action: string }) => action)).toEqual([
    'user.added',
    'user.disabled',
  ]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  console.press('6');
  await console.shows('user.dataExported');
});

test('erasing a user wants a reason, shows how much that is, and does nothing for Enter', async () => {
  const { core, console, choose } = await openList();
  await choose('erase all');
  await console.shows('Removes ada');
  console.press(save);
  await console.shows('Reason is needed.');
  console.press(`request 4711${save}`);
  const question = await console.shows('Erase ada: the user and what 2 audit events tell of them?');
  expect(question).toContain('> Cancel <');
  console.press('\r');
  await console.showsNoMore('Erase ada:');
  expect(core.users.find('ada')).toMatchObject({ version: 2 });
});

test('an erased user is gone, the others stay, and the log verifies', async () => {
  const { core, console, choose } = await openList();
  await choose('erase all');
  await console.shows('Removes ada');
  console.press(`request 4711${save}`);
  await console.shows('Erase ada:');
  console.press('\x1b[C\r');
  await console.shows('Erased the user and what');
  await console.shows(/> {4}bob/);
  expect(core.users.list().users.map(({ username }) => username)).toEqual(['bob']);
  console.press('6');
  expect(await console.shows('user.erased')).not.toContain('ada');
  console.press('v');
  const verdict = await console.shows('The audit log is intact');
  expect(verdict).toContain('2 of them told of people whose data was erased.');
});

test('several are not erased at once, and not where nothing may be changed', async () => {
  const { core, console, choose } = await openList();
  console.press('\x01');
  await console.shows('2 marked');
  await choose('erase all');
  await console.shows('! This is done for one person at a time.');
  const looking = await openConsole(core, { isReadOnly: true });
  looking.press('2');
  await looking.shows('bob');
  looking.press(':erase all');
  await looking.shows('one user');
  looking.press('\r');
  await looking.shows('! This console was started with --read-only.');
});
