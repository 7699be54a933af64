import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listAudit } from '../../../src/core/audit/audit-query.ts';
import type { EmailSettings } from '../../../src/core/email/email-settings.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { refusal, startMailServer, withoutTls } from '../../servers/mail-server.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { toField } from '../helpers/form-keys.ts';
import { themes } from '../helpers/render-frame.tsx';

const down = '\x1b[B';
const right = '\x1b[C';
const save = '\x13';

interface Opened extends ConsoleOptions {
  readonly settings?: EmailSettings;
  readonly password?: string;
  readonly core?: TemporaryCore;
}

/** The section, opened; with settings that are stored when they are given. */
async function openSection({ settings, password, core = temporaryCore(), ...options }: Opened = {}) {
  if (settings !== undefined) core.emailDelivery.save({ after: settings, password });
  const console = await openConsole(core, options);
  console.shell.context.goTo('email');
  await console.shows('[Settings]');
  return { core, console };
}

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('the e-mail settings at %s', (_, columns, rows, theme) => {
  const size = { columns, rows, theme };

  test('show every field, also those that scroll', async () => {
    const { console } = await openSection(size);
    const top = await console.shows('Mail server');
    for (const label of ['Send to users', 'Encryption', 'Port', 'Trusted CAs', 'Account', 'Password']) {
      expect(top).toContain(label);
    }
    await toField(console, 'Give up after');
    const end = await console.shows(/> +Give up after/);
    for (const label of ['Timeout', 'From', 'From name', 'Reply-To', 'Rate']) expect(end).toContain(label);
    expect(Math.max(...end.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
    if (theme === themes.ascii) expect(end).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('are not drawn differently by what somebody has called things', async () => {
    for (const text of hostileTexts) {
      const fromName = text.replace(/\p{Cc}/gu, '');
      const settings = settingsFor(25, { user: text, fromName });
      const { console } = await openSection({ ...size, settings });
      const screen = await console.shows('Reply-To');
      expect(screen).not.toMatch(harmfulCharacters);
      expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
      console.frame.close();
    }
  });
});

describe('the e-mail settings', () => {
  test('are typed and saved, and the password is never shown again', async () => {
    const { core, console } = await openSection();
    console.press('\r');
    for (const [label, text] of [
      ['Mail server', 'mail.corp.example'],
      ['Account', 'mfa'],
      ['Password', 'the secret'],
      ['From', 'mfa@corp.example'],
    ] as const) {
      await toField(console, label);
      console.press(text);
    }
    console.press(save);
    const saved = await console.shows('The e-mail settings are saved.');
    expect(saved).toContain('(stored; type to replace it)');
    expect(saved).not.toMatch(/the secret|^>?\* /m);
    const { settings, hasPassword } = core.emailDelivery.load();
    expect(settings).toMatchObject({ host: 'mail.corp.example', user: 'mfa', from: 'mfa@corp.example' });
    expect(hasPassword).toBe(true);
    expect(JSON.stringify(listAudit(core.store, {}, 9))).not.toContain('the secret');
  });

  test('name administrators, apart by commas or spaces, and their language', async () => {
    const { core, console } = await openSection({ settings: settingsFor(25) });
    await toField(console, 'Administrators');
    console.press(`\rada@corp.example, ben@corp.example  cleo\t${right}${save}`);
    await console.shows('"cleo" is not an e-mail address.');
    expect(core.emailDelivery.load().settings.administrators).toEqual([]);
    console.press(`@corp.example${save}`);
    await console.shows('are saved');
    expect(core.emailDelivery.load().settings).toMatchObject({
      administrators: ['ada@corp.example', 'ben@corp.example', 'cleo@corp.example'],
      administratorLanguage: 'de',
    });
  });

  test('say at the field what is wrong, and nothing is saved', async () => {
    const { core, console } = await openSection({ settings: settingsFor(25) });
    await toField(console, 'From');
    console.press(`\r\x15nobody${save}`);
    await console.shows('"nobody" is not an e-mail address.');
    expect(await console.shows('[Settings !]')).toContain('One field needs attention.');
    expect(core.emailDelivery.load().settings.from).toBe('mfa@corp.example');
  });

  test('want a connection without encryption to be accepted', async () => {
    const { core, console } = await openSection();
    await toField(console, 'Encryption');
    console.press(`\r${right}${right}`);
    await console.shows('I accept');
    console.press(save);
    await console.shows('Accept it, or choose another encryption.');
    console.press(` ${save}`);
    await console.shows('are saved');
    expect(core.emailDelivery.load().settings).toMatchObject({ security: 'none', acceptsPlain: true });
  });

  test('show what a pickup folder needs, and keep the mail server for later', async () => {
    const { core, console } = await openSection({ settings: settingsFor(25) });
    await toField(console, 'Deliver by');
    console.press(`\r${right}`);
    expect(await console.shows('Pickup folder')).not.toContain('Mail server');
    console.press(`${down}/var/spool/mfa${save}`);
    await console.shows('are saved');
    expect(core.emailDelivery.load().settings).toMatchObject({
      deliverBy: 'pickup',
      pickupFolder: '/var/spool/mfa',
      host: '127.0.0.1',
    });
  });

  test('that somebody else has changed can be compared and overwritten field by field', async () => {
    const { core, console } = await openSection({ settings: settingsFor(25) });
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    other.emailDelivery.save({ after: settingsFor(25, { timeoutSeconds: 7 }) });
    await toField(console, 'Reply-To');
    console.press(`\rhelp@corp.example${save}`);
    await console.shows('The e-mail settings were changed by other@test');
    console.press(`${right}\r`);
    const lines = await console.shows('Reply-To: stored -, yours help@corp.example');
    expect(lines).toContain('Timeout: theirs 7');
    console.press('\r');
    await console.shows('Overwrite writes your changes');
    console.press(`${right.repeat(3)}\r`);
    await console.shows('are saved');
    expect(core.emailDelivery.load().settings).toMatchObject({
      timeoutSeconds: 7,
      replyTo: 'help@corp.example',
    });
  });

  test('may be left without saving, and are as stored when one comes back', async () => {
    const { console } = await openSection({ settings: settingsFor(25) });
    await toField(console, 'Mail server');
    console.press('\rx\x1b1');
    await console.shows('The e-mail settings have changes that are not saved.');
    console.press(`${right}\r`);
    await console.shows('Data directory');
    console.press('4');
    expect(await console.shows('[Settings]')).toContain('[127.0.0.1 ');
  });

  test('can only be looked at in a console that may not change anything', async () => {
    const { core, console } = await openSection({ settings: settingsFor(25), isReadOnly: true });
    console.press(`\r ${down} t`);
    await console.shows('This console was started with --read-only.');
    expect(core.emailDelivery.load()).toMatchObject({ version: 1 });
  });
});

describe('a test', () => {
  test('says where to it cannot be sent like this', async () => {
    const { console } = await openSection();
    console.press('t');
    const screen = await console.shows('Nothing can be sent like this.');
    expect(screen).toContain('No mail server is set.');
    expect(screen).toContain('No From address is set.');
  });

  test('is sent with what stands in the form, and shows the conversation when asked', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const { core, console } = await openSection({ settings: settingsFor(1) });
    await toField(console, 'Port');
    console.press(`\r\x15${port}\x14`);
    await console.shows('─ Send a test');
    console.press(`jane@corp.example${save}`);
    await console.shows('The mail was taken over: 250');
    console.press(`${right}\r`);
    const shown = await console.shows('Email > Conversation');
    expect(shown).toMatch(/sent +EHLO/);
    expect(shown).toMatch(/answer +250/);
    expect(arrivals.map(({ receivers }) => receivers)).toEqual([['jane@corp.example']]);
    expect(core.emailDelivery.load().settings.port).toBe(1);
    console.press('\x1b');
    await console.shows(new RegExp(`\\* Port +\\[${port} `));
  });

  test('that is refused shows what the server said and what to do, and asks for the same receiver again', async () => {
    const { port } = await startMailServer({
      ...withoutTls,
      onRcptTo: (_address, _session, done) => done(refusal(550, 'No such person')),
    });
    const { console } = await openSection({ settings: settingsFor(port) });
    console.press('t');
    await console.shows('─ Send a test');
    console.press(`jane@corp.example${save}`);
    const shown = await console.shows('Email > Conversation');
    expect(shown).toMatch(/Result +The mail server .* refused the mail/);
    expect(shown).toContain('What to do');
    console.press('G');
    await console.shows(/ +550 No such person\n +503 /);
    console.press('\x1b');
    await console.shows('[Settings]');
    console.press('t');
    await console.shows('[jane@corp.example ');
  });

  test('that a silent server keeps waiting is given up with Esc, and its connection is closed', async () => {
    const sockets: Socket[] = [];
    const connected = Promise.withResolvers<Socket>();
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      sockets.push(socket);
      connected.resolve(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const { core, console } = await openSection({ settings: settingsFor(port, { timeoutSeconds: 60 }) });
    console.press('t');
    await console.shows('─ Send a test');
    console.press(`jane@corp.example${save}`);
    await console.shows('A mail to jane@corp.example through 127.0.0.1');
    const socket = await connected.promise;
    const closed = once(socket.resume(), 'close');
    console.press('\x1b');
    await console.shows('The test was given up.');
    await closed;
    expect(listAudit(core.store, {}, 1)).toMatchObject([{ action: 'email.tested', result: 'failure' }]);
  });
});
