import { expect, test } from 'vitest';
import { addMailUser, readySettings } from '../../helpers/mail-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { openConsole } from '../helpers/console.tsx';

const right = '\x1b[C';
const save = '\x13';

/** The list of users over amara and carla, who can get mail, and bruno, who has no address. */
async function openList() {
  const core = temporaryCore();
  core.emailDelivery.save({ after: readySettings });
  await addMailUser(core, 'amara', { phone: '+14255550123' });
  await addMailUser(core, 'bruno', { email: null });
  await addMailUser(core, 'carla');
  const console = await openConsole(core);
  console.press('2');
  await console.shows('amara');
  return { core, console };
}

test('a mail is read before it is sent', async () => {
  const { core, console } = await openList();
  console.press('w');
  await console.shows('New User, or User Enrollment without a phone');
  console.press(save);
  const question = await console.shows('> Read it <');
  expect(question).toContain('New User to amara (amara@corp.example).');
  console.press('\r');
  const mail = await console.shows('To amara@corp.example: Signing in now takes a second step');
  expect(mail).toContain('Your username is amara.');
  console.press('\x1b');
  await console.shows('> Read it <');
  expect(core.outbox.count()).toBe(0);
  console.press(`${right}\r`);
  await console.shows('amara is sent a mail; the outbox shows it.');
  expect(core.outbox.list()).toMatchObject([{ username: 'amara', kind: 'newUser', state: 'queued' }]);
});

test('a mail to many asks for their number, and says who gets none', async () => {
  const { core, console } = await openList();
  console.press('\x01w');
  await console.shows('To 3 users.');
  console.press(save);
  await console.shows('and 2 more.');
  console.press(`${right}\r`);
  await console.shows('Send a mail to 3 users?');
  console.press('3\r');
  expect(await console.shows('2 users are sent a mail')).toContain('1 failed');
  console.press('\r');
  await console.shows('bruno: The user bruno has no e-mail address.');
  expect(core.outbox.list()).toMatchObject([
    { username: 'carla', kind: 'userEnrollment' },
    { username: 'bruno', state: 'notSent' },
    { username: 'amara', kind: 'newUser' },
  ]);
});

test('a mail is not sent by Esc', async () => {
  const { core, console } = await openList();
  console.press(`w${save}`);
  await console.shows('> Read it <');
  console.press('\x1b');
  await console.showsNoMore('Read it');
  expect(core.outbox.count()).toBe(0);
});

test('the edit dialog tells a user by mail what was changed, once', async () => {
  const { core, console } = await openList();
  console.press('e');
  await console.shows('Users > amara');
  console.press(`${'\t'.repeat(6)}\x15+14255550199${'\t'.repeat(7)} ${save}`);
  await console.shows('amara is saved, and a mail to amara@corp.example is queued.');
  expect(core.outbox.find(1)).toMatchObject({
    kind: 'updatedUser',
    content: { text: expect.stringContaining('+14255550199') },
  });
  console.press(`\x1b[Z${' '}${save}`);
  await console.shows('amara is saved.');
  expect(core.outbox.count()).toBe(1);
});

test('the edit dialog says that a user gets no mail', async () => {
  const { core, console } = await openList();
  console.press('je');
  await console.shows('Users > bruno');
  console.press(`${'\t'.repeat(13)} ${save}`);
  await console.shows('bruno is saved, but gets no mail: The user bruno has no e-mail');
  expect(core.outbox.list()).toMatchObject([{ username: 'bruno', state: 'notSent' }]);
});

test('a generated PIN is told by mail and not shown', async () => {
  const { core, console } = await openList();
  console.press('p');
  await console.shows('Tell it by mail');
  console.press(`\t\t\t ${save}`);
  await console.shows('amara is given a PIN.');
  expect(await console.frame.text()).not.toContain('new PIN');
  expect(core.outbox.list()).toMatchObject([{ username: 'amara', kind: 'updatedUser', withPin: true }]);
});
