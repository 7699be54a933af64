import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MailTemplates } from '../../../src/core/email/templates/mail-templates.ts';
import { parseTemplateKey } from '../../../src/core/email/templates/template-key.ts';
import { harmfulCharacters, hostileTexts } from '../../helpers/hostile-texts.ts';
import { addMailUser } from '../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { type ConsoleOptions, openConsole } from '../helpers/console.tsx';
import { themes } from '../helpers/render-frame.tsx';

const right = '\x1b[C';
const [save, undo, redo, insertVariable, preview, html] = ['\x13', '\x1a', '\x19', '\x07', '\x10', '\x14'];
const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;

const german = parseTemplateKey(['phoneCall', 'pin', 'newUser', 'de']);
const place = 'content:phoneCall/pin/newUser/de';
const edited = {
  subject: 'Neu',
  text: 'Hallo <$username$>\n',
  html: 'fromText' as const,
  cc: [],
  attachments: [],
};

interface Opened extends ConsoleOptions {
  readonly core?: TemporaryCore;
}

/** The templates with the cursor on the German one. */
async function openContent({ core = temporaryCore(), ...options }: Opened = {}) {
  const console = await openConsole(core, options);
  console.shell.context.goTo('email', place);
  await console.shows(/> +German/);
  return { core, console, templates: new MailTemplates(core) };
}

/** The German one in the editor. */
async function openEditor(options: Opened = {}) {
  const opened = await openContent(options);
  opened.console.press('\r');
  await opened.console.shows(/> +Plain text/);
  return opened;
}

describe.each([
  ['80x24', 80, 24, themes.standard],
  ['120x40 in ASCII', 120, 40, themes.ascii],
])('e-mail content at %s', (_, columns, rows, theme) => {
  const size = { columns, rows, theme };
  const isInside = (screen: string) =>
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);

  test('shows the templates as a tree, and the mail that one of them makes', async () => {
    const core = temporaryCore();
    new MailTemplates(core).save(german, edited);
    const { console } = await openContent({ ...size, core });
    const screen = await console.shows('Hallo amara.lindqvist');
    expect(screen).toMatch(/v PIN +1 edited/);
    expect(screen).toMatch(/> +German +edited/);
    expect(screen).toContain('Plain text, for Amara Lindqvist (invented)');
    expect(screen).toMatch(/Edited by admin@test, \d\d:\d\d/);
    isInside(screen);
    if (theme === themes.ascii) expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
  });

  test('shows a template with its parts', async () => {
    const { console } = await openEditor(size);
    const screen = await console.shows('HTML        made from the plain text');
    expect(screen).toContain('Guten Tag{% if first_name %}');
    isInside(screen);
  });

  test('is not drawn differently by what somebody is called or has written', async () => {
    const core = temporaryCore();
    await addMailUser(core, 'ada');
    core.store.prepare('UPDATE users SET first_name = ?').run(hostileTexts.join(' '));
    const { console, templates } = await openContent({ ...size, core });
    console.press(`uada${save}`);
    await console.shows('for ada');
    for (const [index, text] of hostileTexts.entries()) {
      // What is in it must not be a template of its own.
      const harmless = text.replace('{{7*7}} <$pin$>', '');
      const subject = `${index}# ${harmless.replace(/[\r\n]/g, ' ').slice(0, 200)}`;
      templates.save(german, { ...edited, subject, text: `${index}: ${harmless}\n<$first_name$>` });
      console.press('r');
      const mail = await console.shows(`${index}#`);
      console.press('\r');
      const editor = await console.shows(`1 ${index}:`);
      for (const screen of [mail, editor]) {
        expect(screen).not.toMatch(harmfulCharacters);
        isInside(screen);
      }
      console.press('\x1b\x1b');
      await console.shows('[Email Content]');
    }
  });
});

describe('the templates', () => {
  test('are opened level by level, and branches say what to do', async () => {
    const { console } = await openContent();
    console.press('g');
    await console.shows('Choose a kind of mail and a language.');
    console.press('d');
    await console.shows('Choose a template: a language below a kind of mail.');
    console.press('hj\rj');
    await console.shows(/v Text message.*\n> +> One-way OTP/);
  });

  test('to administrators stand behind the methods, and show an invented run', async () => {
    const { console } = await openContent({ columns: 120, rows: 40 });
    console.shell.context.goTo('email', 'content:administrators/syncAwaitingApproval/de');
    const screen = await console.shows('- mfa-console sync approve 118');
    expect(screen).toMatch(/v Administrators *│/);
    expect(screen).toMatch(/v Approval Needed *│/);
    expect(screen).toContain('Plain text, for administrators, about an invented run');
    console.press('\r');
    await console.shows('Administrators: Approval Needed, German');
    console.press(`\r${insertVariable}`);
    expect(await console.shows('<$to_disable$>')).not.toContain('<$username$>');
  });

  test('are shown for a user who is searched for by name', async () => {
    const core = temporaryCore();
    await addMailUser(core, 'asmith', { firstName: 'Anna', lastName: 'Smith' });
    await addMailUser(core, 'bsmith', { firstName: 'Bert', lastName: 'Smith' });
    await addMailUser(core, 'carla', { firstName: 'Carla' });
    const { console } = await openContent({ core });
    console.press('u');
    await console.shows('─ Show mails for');
    console.press(`smith\t${right}`);
    expect(await console.shows('< bsmith (Bert Smith) >')).toContain('2 found');
    console.press(save);
    expect(await console.shows('for bsmith')).toContain('Guten Tag Bert Smith,');
    console.press('u');
    await console.shows('─ Show mails for');
    console.press(`nobody-there${save}`);
    await console.shows('Nobody is found.');
  });

  test('show the HTML as its readers see it, and its source', async () => {
    const { console } = await openContent();
    console.press('v');
    await console.shows('HTML as text, for Amara');
    console.press('v');
    expect(await console.shows('HTML source, for Amara')).toContain('<html lang="de">');
  });

  test('let the mail be scrolled after Tab', async () => {
    const { console } = await openContent();
    console.press('\tG');
    const end = await console.shows('Niemand');
    expect(end).not.toContain('Guten Tag');
    console.press('\tj');
    await console.shows(/> +Spanish/);
    await console.shows('Hola');
  });

  test('are compared with the built-in ones line by line', async () => {
    const { console, templates } = await openContent();
    console.press('d');
    await console.shows('The template is the built-in one.');
    templates.save(german, edited);
    console.press('rd');
    const screen = await console.shows('Email > Compare');
    expect(screen).toContain('+ Neu');
    console.press('G');
    await console.shows('+ Hallo <$username$>');
  });

  test('are taken back to the built-in text, after a question', async () => {
    const core = temporaryCore();
    const templates = new MailTemplates(core);
    templates.save(german, edited);
    const { console } = await openContent({ core });
    console.press('-');
    await console.shows('Drop what was edited');
    console.press('\r');
    await console.showsNoMore('Drop what was edited');
    expect(templates.load(german).version).toBe(1);
    console.press('-');
    await console.shows('Drop what was edited');
    console.press(`${right}\r`);
    await console.shows('is the built-in template again.');
    expect(templates.load(german).version).toBe(0);
    expect(await console.shows('Guten Tag')).not.toMatch(/German +edited/);
  });

  test('are only shown where nothing may be changed', async () => {
    const { console } = await openContent({ isReadOnly: true });
    console.press('\r');
    await console.shows('This console was started with --read-only.');
  });

  test('say that another process has changed one, and show it on r', async () => {
    const { core, console } = await openContent();
    const other = temporaryCore({ folder: core.folder, actor: 'other@test' });
    new MailTemplates(other).save(german, edited);
    await console.shows('changed, r to refresh');
    console.press('r');
    await console.shows('Hallo amara.lindqvist');
    await console.shows(/German +edited/);
  });
});

describe('a template in the editor', () => {
  test('is typed, seen as a mail at once, saved, and marked in the tree', async () => {
    const { console, templates } = await openEditor({ columns: 120, rows: 40 });
    console.press('Servus! ');
    const screen = await console.shows('Servus! Guten Tag Amara');
    expect(screen).toContain('* Plain text');
    console.press(save);
    await console.shows('Phone call, PIN: New User, German is saved.');
    expect(templates.load(german)).toMatchObject({ version: 1, source: { html: 'fromText' } });
    expect(templates.load(german).source.text).toMatch(/^Servus! Guten Tag/);
    console.press('\x1b\x1b');
    await console.shows(/German +edited/);
  });

  test('has its other parts a Tab away', async () => {
    const { console, templates } = await openEditor();
    console.press(`\x1b[Z${paste('desk@corp.example\nhelp@corp.example')}\x1b[Z!${save}`);
    await console.shows('is saved.');
    expect(templates.load(german).source).toMatchObject({ cc: ['desk@corp.example', 'help@corp.example'] });
    expect(templates.load(german).source.subject).toMatch(/!$/);
  });

  test('takes a paste of several lines, and undoes and redoes', async () => {
    const { console } = await openEditor();
    console.press(paste('eins\nzwei\n'));
    await console.shows(/ 1 eins\n.* 2 zwei\n.* 3 Guten Tag/);
    console.press(undo);
    await console.shows(/ 1 Guten Tag/);
    console.press(redo);
    await console.shows(/ 2 zwei/);
  });

  test('shows the mail below where there is no room beside, when asked', async () => {
    const { console } = await openEditor();
    console.press(preview);
    await console.shows(/─ Mail ─[\s\S]*Guten Tag Amara Lindqvist,/);
    console.press('Servus! ');
    await console.shows('Servus! Guten Tag Amara Lindqvist,');
    console.press(preview);
    await console.showsNoMore('─ Mail ─');
  });

  test('is not saved while it is broken, and the line is pointed at', async () => {
    const { console, templates } = await openEditor();
    console.press(`${paste('eins\n<$pim$>')}\x1b[Z${save}`);
    const screen = await console.shows(/!\s*2 <\$pim\$>/);
    expect(screen).toContain('unknown variable "pim" at line 2, column 3. Did you');
    expect(screen).toMatch(/> ! Plain text/);
    expect(templates.load(german).version).toBe(0);
    console.press('x');
    await console.shows('unknown variable "xpim"');
  });

  test('lists the variables with what they stand for, and inserts one', async () => {
    const { console } = await openEditor();
    console.press(insertVariable);
    expect(await console.shows('─ Variables')).toContain('pin: the PIN, where one was just assigned');
    console.press('portal\r');
    await console.shows('1 <$portal_url$>Guten Tag');
  });

  test('gets HTML of its own, which begins with what was sent and does not follow the text', async () => {
    const { console, templates } = await openEditor({ columns: 120, rows: 40 });
    console.press(html);
    await console.shows('─ HTML');
    console.press(`${right}\r`);
    await console.shows(/> \* HTML +its own/);
    console.press(`${paste('<!-- mine -->')}${save}`);
    await console.shows('is saved.');
    expect(templates.load(german).source.html).toMatchObject({ source: expect.stringContaining('<ol>') });
    console.press(`\x1b[ZServus ${save}`);
    await console.shows('its own HTML does not follow the plain text.');
  });

  test('asks before it is left with changes', async () => {
    const { console, templates } = await openEditor();
    console.press('x\x1b\x1b');
    await console.shows('Phone call, PIN: New User, German has changes that are not saved.');
    console.press('\x1b');
    await console.showsNoMore('not saved');
    console.press('\x1b');
    await console.shows('not saved');
    console.press(`${right}\r`);
    await console.shows('[Email Content]');
    expect(templates.load(german).version).toBe(0);
  });

  test('that somebody else has changed can be compared and overwritten part by part', async () => {
    const { core, console, templates } = await openEditor();
    console.press('Servus! ');
    const other = new MailTemplates(temporaryCore({ folder: core.folder, actor: 'other@test' }));
    other.save(german, { ...templates.load(german).source, subject: 'Anders' });
    console.press(save);
    await console.shows('changed by other@test');
    console.press(`${right}\r`);
    expect(await console.shows('- theirs, + yours')).toContain('- Anders');
    console.press('\r');
    await console.shows('Changed meanwhile');
    console.press(`${right.repeat(3)}\r`);
    await console.shows('is saved.');
    expect(templates.load(german)).toMatchObject({ version: 2, source: { subject: 'Anders' } });
    expect(templates.load(german).source.text).toMatch(/^Servus!/);
  });

  test('that somebody else has changed can be loaded again', async () => {
    const { core, console, templates } = await openEditor();
    console.press('x');
    const other = new MailTemplates(temporaryCore({ folder: core.folder, actor: 'other@test' }));
    other.save(german, { ...templates.load(german).source, subject: 'Anders' });
    console.press(save);
    await console.shows('changed by other@test');
    console.press(`${right}${right}\r`);
    await console.shows('Loaded again; your changes are gone.');
    await console.shows(/Subject +Anders/);
  });

  test('is compared as it is typed', async () => {
    const { console } = await openEditor();
    console.press('Servus! \x1bd');
    await console.shows('> Compare');
    await console.shows('+ Servus! Guten Tag');
  });

  test('gets attachments, which are listed and taken away', async () => {
    const file = join(temporaryFolder(), 'guide.pdf');
    writeFileSync(file, '%PDF');
    const { console, templates } = await openEditor();
    console.press('\x06');
    await console.shows('─ Attach a file');
    console.press(`/nowhere/x.pdf${save}`);
    await console.shows('There is no file');
    console.press(`\x15${file}${save}`);
    await console.shows(/> \* Attachments +guide.pdf \(4 bytes\)/);
    console.press(save);
    await console.shows('is saved.');
    expect(templates.load(german).source.attachments).toMatchObject([{ name: 'guide.pdf', size: 4 }]);
    console.press('-');
    await console.shows('─ Take an attachment away');
    console.press(save);
    await console.shows(/> \* Attachments +-/);
    console.press(save);
    await console.showsNoMore('* Attachments');
    expect(templates.load(german).source.attachments).toEqual([]);
  });
});
