import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { readySettings } from '../../helpers/mail-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { filledOutbox, openOutbox, statesOf } from '../helpers/filled-outbox.ts';
import { themes } from '../helpers/render-frame.tsx';

const right = '\x1b[C';

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the outbox at %s', (_, columns, rows, theme) => {
  test('lists the mails, the newest first, with what became of them', async () => {
    const console = await openOutbox(await filledOutbox(), 'outbox', { columns, rows, theme });
    const screen = await console.shows('ada@corp.example');
    const lines = screen.split('\n').filter((line) => /corp\.example|no address/.test(line));
    expect(lines.map((line) => /not sent|sent|in doubt|failed|queued/.exec(line)?.[0])).toEqual([
      ...['not sent', 'sent', 'in doubt', 'failed', 'queued'],
    ]);
    expect(screen).toContain('1 waiting, 1 failed, 1 in doubt, 1 not sent.');
    expect(screen).toContain('550 5.1.1 No');
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('is not drawn differently by what somebody has called things', async () => {
    const core = await filledOutbox();
    const update = core.store.prepare('UPDATE outbox SET why = ?, subject = ?, recipient = ?');
    for (const text of hostileTexts) {
      update.run(text, text, text);
      const console = await openOutbox(core, 'outbox', { columns, rows, theme });
      await console.shows('5');
      console.press('\r');
      const screen = await console.shows('Email > Mail');
      expect(screen).not.toMatch(harmfulCharacters);
      expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      console.frame.close();
    }
  });
});

describe('the outbox', () => {
  test('is opened where Status leads: at the mails that somebody must look at', async () => {
    const console = await openOutbox(await filledOutbox(), 'outbox:state:failed state:inDoubt');
    const screen = await console.shows('2 of 5');
    expect(screen).toContain('bob@corp.example');
    expect(screen).not.toContain('ada@corp.example');
  });

  test('is filtered by what is chosen', async () => {
    const console = await openOutbox(await filledOutbox());
    console.press('f');
    await console.shows('─ Filter the mails');
    console.press(`${right}\x13`);
    expect(await console.shows('3 of 5')).toContain('state:failed state:inDoubt state:notSent');
  });

  test('says at a filter that there is not what it knows instead', async () => {
    const console = await openOutbox(await filledOutbox());
    console.press('/state:lost\r');
    await console.shows('cannot be "lost"');
  });

  test('tries a mail again', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:bob');
    await console.shows('1 of 5');
    console.press('t');
    await console.shows('1 mail is tried again.');
    expect(statesOf(core)).toContain('bob queued');
    await console.shows('2 waiting, 1 in doubt, 1 not sent.');
  });

  test('asks before a mail is tried again that may have arrived', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:carla');
    await console.shows('1 of 5');
    console.press('t');
    await console.shows('Nobody knows whether');
    console.press('\r');
    await console.showsNoMore('Nobody knows whether');
    expect(statesOf(core)).toContain('carla inDoubt');
    console.press('t');
    await console.shows('Nobody knows whether');
    console.press(`${right}\r`);
    await console.shows('1 mail is tried again.');
    expect(statesOf(core)).toContain('carla queued');
  });

  test('sends a mail once more, as one of its own', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:dora');
    await console.shows('1 of 5');
    console.press('R');
    await console.shows('Send the mail to dora once more');
    console.press(`${right}\r`);
    await console.shows('1 mail is sent once more.');
    await console.shows('2 of 6');
    expect(core.outbox.list({ limit: 1 })).toMatchObject([{ username: 'dora', repeats: 4, state: 'queued' }]);
  });

  test('sends many once more only when their number was typed', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:state:failed state:sent');
    await console.shows('2 of 5');
    console.press('aR');
    await console.shows('Send 2 mails once more');
    console.press('\r\x1b');
    await console.showsNoMore('Send 2 mails once more');
    expect(core.outbox.count()).toBe(5);
    console.press('R');
    await console.shows('Type 2 to confirm');
    console.press('2\r');
    await console.shows('2 mails are sent once more.');
    expect(core.outbox.count()).toBe(7);
  });

  test('cancels the marked mails when their number was typed, and says which could not be', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core);
    await console.shows('ada@corp.example');
    console.press('a-');
    await console.shows('Type 5 to confirm');
    console.press('5\r');
    const failed = await console.shows('4 mails are cancelled, 1 could not be.');
    expect(failed).toContain('Enter Details');
    console.press('\r');
    await console.shows('Mail 4 cannot be cancelled: it is sent.');
    console.press('\x1b');
    expect(statesOf(core).toSorted()).toEqual([
      ...['ada cancelled', 'bob cancelled', 'carla cancelled', 'dora sent', 'emil cancelled'],
    ]);
  });

  test('writes the marked mails or those that match to a file', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:state:failed');
    const file = join(core.folder, 'mails.csv');
    const states = () => readFileSync(file, 'utf8').match(/(?<=^\d+,)\w+/gm);
    await console.shows('1 of 5');
    console.press('x');
    await console.shows('< the 1 that match >');
    console.press(`\t\t${file}\x13`);
    await console.shows('Exported to');
    expect(states()).toEqual(['failed']);
    console.press(' /\x1b');
    await console.shows('Newest first');
    console.press('x');
    await console.shows('< the 1 marked >');
    console.press(`${right}\t\t${file}\x13`);
    await console.shows('Replace it?');
    console.press(`${right}\r`);
    await console.showsNoMore('Replace it?');
    await console.shows('Exported to');
    expect(states()).toEqual(['notSent', 'sent', 'inDoubt', 'failed', 'queued']);
  });

  test('says why a key does nothing', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:dora');
    await console.shows('1 of 5');
    console.press('-');
    await console.shows('The mail is sent.');
    core.store.prepare("UPDATE outbox SET state = 'notSent', subject = NULL WHERE username = 'dora'").run();
    console.press('r');
    await console.shows(/> +not sent +dora/);
    console.press('R');
    await console.shows('The mail has no text yet: try it again instead.');
    console.press('x\x1b');
    const empty = await openOutbox(temporaryCore());
    empty.press('\r');
    await empty.shows('There is no mail here.');
    expect(await empty.shows('There are no mails yet.')).toContain('Nothing waits.');
  });

  test('only shows where nothing may be changed', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox', { isReadOnly: true });
    await console.shows('ada@corp.example');
    console.press('t');
    await console.shows('This console was started with --read-only.');
    expect(statesOf(core)).toContain('emil notSent');
  });

  test('says what keeps every mail here', async () => {
    const core = await filledOutbox();
    core.emailDelivery.save({ after: { ...readySettings, sendToUsers: false } });
    const console = await openOutbox(core);
    await console.shows('1 waiting. Sending emails to users is switched off.');
  });

  test('says that another process has changed it, and reads it on r', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core);
    await console.shows('ada@corp.example');
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    await other.outbox.cancel([1]);
    await console.shows('changed, r to refresh');
    console.press('r');
    await console.shows('cancelled');
  });
});
