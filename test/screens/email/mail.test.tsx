import { describe, expect, test } from 'vitest';
import { addMailUser, queueMail, readySettings } from '../../helpers/mail-users.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { filledOutbox, openOutbox, settle, statesOf } from '../helpers/filled-outbox.ts';

const right = '\x1b[C';

describe('a mail', () => {
  test('shows the words of the server and the stored copy without its PIN', async () => {
    const core = temporaryCore();
    core.emailDelivery.save({ after: readySettings });
    await queueMail(core, await addMailUser(core, 'ada'), { pin: '4821' });
    settle(core, 'ada', 'failed', '550 5.1.1 No such person\nAsk the postmaster');
    const console = await openOutbox(core, 'outbox', { rows: 60 });
    await console.shows('ada@corp.example');
    console.press('\r');
    const screen = await console.shows('Email > Mail 1');
    expect(screen).toMatch(/Why +550 5.1.1 No such person\n +Ask the postmaster/);
    expect(screen).toContain('Your PIN is ****.');
    expect(screen).not.toContain('4821');
    console.press('v');
    await console.shows('HTML as text');
    console.press('v');
    await console.shows('<html lang="en">');
  });

  test('goes from mail to mail', async () => {
    const console = await openOutbox(await filledOutbox());
    await console.shows('ada@corp.example');
    console.press('\rn');
    await console.shows('Email > Mail 4');
    console.press('pp');
    await console.shows('This is the newest mail.');
    await console.shows('Email > Mail 5');
  });

  test('is cancelled where it is read, when that was confirmed', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:bob');
    await console.shows('1 of 5');
    console.press('\r');
    await console.shows('Ask the postmaster');
    console.press('-');
    await console.shows('Cancel the mail to bob?');
    console.press('\r');
    await console.showsNoMore('Cancel the mail to bob?');
    expect(statesOf(core)).toContain('bob failed');
    console.press('-');
    await console.shows('Cancel the mail to bob?');
    console.press(`${right}\r`);
    await console.shows('1 mail is cancelled.');
    await console.shows(/State +cancelled/);
    console.press('t');
    await console.shows('The mail is cancelled.');
  });

  test('that left the list leads to the one before it', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:state:failed state:inDoubt state:notSent');
    await console.shows('3 of 5');
    console.press('\r');
    await console.shows('Email > Mail 5');
    console.press('-');
    await console.shows('Cancel the mail to emil?');
    console.press(`${right}\r`);
    await console.shows('1 mail is cancelled.');
    console.press('n');
    await console.shows('Email > Mail 3');
    console.press('n');
    await console.shows('Email > Mail 2');
  });

  test('is only read where nothing may be changed', async () => {
    const core = await filledOutbox();
    const console = await openOutbox(core, 'outbox:user:bob', { isReadOnly: true });
    await console.shows('1 of 5');
    console.press('\r');
    await console.shows('Ask the postmaster');
    console.press('t');
    await console.shows('This console was started with --read-only.');
    expect(statesOf(core)).toContain('bob failed');
  });
});
