import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../helpers/run-command.ts';
import { temporaryCore } from '../../helpers/temporary-core.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';

const german = ['phoneCall', 'pin', 'newUser', 'de'];
const templates = (folder: string, args: string[], input = '') =>
  runCommand(folder, ['email', 'templates', ...args], input);

describe('email templates', () => {
  test('lists all, and those that were edited', async () => {
    const folder = temporaryFolder();
    const { json } = await templates(folder, ['list', '--json']);
    expect((json as { templates: unknown[] }).templates).toHaveLength(256);
    expect(await templates(folder, ['list', '--edited'])).toMatchObject({
      exitCode: 0,
      stdout: 'All templates are built in.\n',
    });
  });

  test('edits, shows, compares with the built-in text, and resets', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'text.liquid');
    writeFileSync(file, 'Hallo <$username$>\n');
    const tried = await templates(folder, ['edit', ...german, '--text-file', file, '--no-html', '--dry-run']);
    expect(tried.stdout).toBe('Would change phoneCall/pin/newUser/de: text, html.\n');
    expect((await templates(folder, ['list', '--edited', '--json'])).json).toEqual({ templates: [] });

    const edited = await templates(
      folder,
      ['edit', ...german, '--text-file', '-', '--no-html'],
      'Hallo <$pin$>',
    );
    expect(edited).toMatchObject({ exitCode: 0, stdout: 'Changed phoneCall/pin/newUser/de: text, html.\n' });
    expect((await templates(folder, ['show', ...german, '--json'])).json).toMatchObject({
      template: { text: 'Hallo <$pin$>', html: 'none', version: 1, language: 'de' },
    });
    const builtIn = await templates(folder, ['show', ...german, '--built-in', '--part', 'text']);
    expect(builtIn.stdout).toContain('Guten Tag');

    const compared = (await templates(folder, ['compare', ...german])).stdout;
    expect(compared).toMatch(/^Plain text\n(- .*\n|-\n)+\+ Hallo <\$pin\$>\n/);
    expect(compared).toContain('\nHTML\n- <!doctype html>\n');
    expect((await templates(folder, ['compare', ...german, '--json'])).json).toMatchObject({
      version: 1,
      differences: [
        { part: 'text', lines: expect.arrayContaining([{ kind: 'added', text: 'Hallo <$pin$>' }]) },
        { part: 'html', lines: expect.arrayContaining([{ kind: 'removed', text: '<body>' }]) },
      ],
    });

    const reset = await templates(folder, ['reset', ...german, '--json']);
    expect(reset.json).toMatchObject({ reset: true });
    expect((await templates(folder, ['show', ...german])).stdout).toContain('no, built in');
  });

  test('has those of mails to administrators, which speak of other things', async () => {
    const folder = temporaryFolder();
    const german = ['administrators', 'syncAwaitingApproval', 'de'];
    const shown = await templates(folder, ['show', ...german]);
    expect(shown.stdout).toContain('mfa-console sync approve <$run$>');
    expect(await templates(folder, ['show', german.join('/')])).toEqual(shown);
    const own = ['edit', ...german, '--text-file', '-'];
    expect(await templates(folder, own, 'Lauf <$run$> hält <$username$> an')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('"username" at line 1'),
    });
    expect(await templates(folder, own, 'Lauf <$run$> hält <$users$> an')).toMatchObject({
      exitCode: 0,
      stdout: 'Changed administrators/syncAwaitingApproval/de: text.\n',
    });
    const preview = await templates(folder, ['preview', '--template', german.join('/')]);
    expect(preview.stdout).toContain('Lauf 118 hält amara.lindqvist, bsmith, ccole an\n');
    expect((await templates(folder, ['show', 'administrators', 'newUser', 'de'])).exitCode).toBe(4);
  });

  test('makes the HTML from the plain text until it gets its own, which is left alone and told about', async () => {
    const folder = temporaryFolder();
    const html = async () => (await templates(folder, ['show', ...german, '--part', 'html'])).stdout;
    await templates(folder, ['edit', ...german, '--text-file', '-'], 'Hallo <$username$>');
    expect(await html()).toContain('<p>Hallo <$username$></p>');
    expect((await templates(folder, ['edit', ...german, '--html-file', '-'], '<b>x</b>')).stderr).toBe('');
    const edited = await templates(folder, ['edit', ...german, '--text-file', '-'], 'Servus');
    expect(edited.stderr).toBe(
      'The HTML of this template is a text of its own; it does not follow the plain text.\n',
    );
    expect(await html()).toBe('<b>x</b>');
    await templates(folder, ['edit', ...german, '--html-from-text']);
    expect(await html()).toContain('<p>Servus</p>');
    expect((await templates(folder, ['compare', 'phoneCall', 'pin', 'newUser', 'en'])).stdout).toBe(
      'The template says what the built-in one says.\n',
    );
  });

  test('attaches files and takes them away again', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'guide.pdf');
    writeFileSync(file, '%PDF');
    const attached = await templates(folder, ['edit', ...german, '--attach', file]);
    expect(attached.stdout).toBe('Changed phoneCall/pin/newUser/de: attachments.\n');
    expect((await templates(folder, ['show', ...german])).stdout).toMatch(
      /Attachments +guide.pdf \(4 bytes\)/,
    );
    const preview = ['preview', '--template', german.join('/')];
    expect((await templates(folder, preview)).stdout).toMatch(/Attachments +guide.pdf/);
    expect((await templates(folder, ['compare', ...german])).stdout).toMatch(/Attachments\n\+ guide.pdf/);
    const unknown = await templates(folder, ['edit', ...german, '--detach', 'other.pdf']);
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"other.pdf"') });
    await templates(folder, ['edit', ...german, '--detach', 'guide.pdf']);
    expect((await templates(folder, ['show', ...german, '--json'])).json).toMatchObject({
      template: { attachments: [] },
    });
  });

  test('previews the mail to a user in their language, with a sample PIN', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    const fields = { method: 'phoneCall', mode: 'pin', languagePhoneCall: 'de' } as const;
    await core.users.add({ username: 'amara', firstName: 'Amara', ...fields });
    const shown = await templates(folder, ['preview', '--user', 'amara', '--application', 'VPN']);
    expect(shown).toMatchObject({ exitCode: 0, stderr: '' });
    expect(shown.stdout).toMatch(/Guten Tag Amara.*VPN.*PIN lautet 4821/s);
    expect((await templates(folder, ['preview', '--user', 'amara', '--json'])).json).toMatchObject({
      mail: { subject: expect.any(String), html: expect.stringContaining('<ol>'), cc: [] },
    });
  });

  test('previews what a template makes, for a user of any method and for an invented person', async () => {
    const folder = temporaryFolder();
    const core = temporaryCore({ folder });
    await core.users.add({ username: 'amara', firstName: 'Amara', method: 'mobileApp', mode: 'standard' });
    const template = ['preview', '--template', german.join('/')];
    expect((await templates(folder, [...template, '--user', 'amara'])).stdout).toMatch(
      /Guten Tag Amara,.*amara\..*PIN lautet 4821/s,
    );
    const invented = await templates(folder, [...template, '--html']);
    expect(invented.stdout).toMatch(/<html lang="de">.*amara\.lindqvist/s);
  });

  test.each<[string, string[], number, string, RegExp]>([
    [
      'an unknown variable',
      ['edit', ...german, '--subject', 'x <$pim$>'],
      2,
      'template.invalid',
      /line 1, column 5/,
    ],
    [
      'another version',
      ['edit', ...german, '--subject', 'x', '--if-version', '3'],
      5,
      'template.changed',
      /meantime/,
    ],
    ['an unknown mode', ['show', 'phoneCall', 'otp', 'newUser', 'de'], 4, 'template.unknown', /"otp"/],
    ['an unknown language', ['reset', 'phoneCall', 'pin', 'newUser', 'xx'], 4, 'template.unknown', /"xx"/],
    [
      'HTML from two places',
      ['edit', ...german, '--no-html', '--html-from-text'],
      2,
      'usage.invalid',
      /only one of/,
    ],
    ['nothing to change', ['edit', ...german], 2, 'usage.invalid', /what to change/],
    [
      'a missing file',
      ['edit', ...german, '--text-file', '/nowhere/x'],
      2,
      'usage.invalid',
      /cannot be read/,
    ],
    ['a preview of nothing', ['preview'], 2, 'usage.invalid', /what to show/],
    ['nobody', ['preview', '--user', 'nobody'], 4, 'user.notFound', /nobody/],
  ])('refuses %s', async (_, args, exitCode, code, message) => {
    const folder = temporaryFolder();
    temporaryCore({ folder });
    const result = await templates(folder, [...args, '--json']);
    expect(result.exitCode).toBe(exitCode);
    expect(JSON.parse(result.stdout || result.stderr)).toMatchObject({
      error: { code, message: expect.stringMatching(message) },
    });
  });
});
