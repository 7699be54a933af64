import { describe, expect, test } from 'vitest';
import {
  attachmentsProblem,
  maximumAttachmentsSize,
  type NewAttachment,
  newAttachment,
} from '../../../src/core/email/attachment.ts';
import { MailFiles } from '../../../src/core/email/mail-files.ts';
import { MailTemplates } from '../../../src/core/email/templates/mail-templates.ts';
import { parseTemplateKey } from '../../../src/core/email/templates/template-key.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail } from '../../helpers/mail-users.ts';
import { type TemporaryCore, temporaryCore } from '../../helpers/temporary-core.ts';
import { startMailServer, withoutTls } from '../../servers/mail-server.ts';

const key = parseTemplateKey(['phoneCall', 'pin', 'newUser', 'en']);
const guide = newAttachment('Anleitung für Groß & Klein.pdf', Buffer.from([0x25, 0x50, 0x44, 0x46, 0, 0xff]));
const plan = newAttachment('plan.txt', Buffer.from('one\n.\ntwo\n'));

/** The template with these files. */
function attach(core: TemporaryCore, ...files: NewAttachment[]) {
  const templates = new MailTemplates(core);
  const { source } = templates.load(key);
  templates.save(key, { ...source, attachments: files.map(({ attachment }) => attachment) }, { files });
  return templates;
}

const storedFiles = ({ store }: TemporaryCore) => store.prepare('SELECT sha256 FROM mail_files').all().length;

describe('an attachment', () => {
  test('arrives byte for byte, with its name, beside text and HTML', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(port) });
    attach(core, guide, plan);
    await queueMail(core, await addMailUser(core, 'amara'), { pin: '4821' });
    await deliver(core);
    const mail = arrivals[0]?.mail;
    expect(mail?.attachments.map(({ filename, content }) => [filename, content])).toEqual([
      [guide.attachment.name, guide.bytes],
      [plan.attachment.name, plan.bytes],
    ]);
    expect(mail?.attachments[0]?.contentType).toBe('application/pdf');
    expect(mail?.text).toContain('Your PIN is 4821');
    expect(mail?.html).toContain('Your PIN is 4821');
  });

  test('is stored once for all templates and mails, and goes with the last of them', async () => {
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(1) });
    const templates = attach(core, guide);
    const other = { ...key, language: 'de' } as const;
    templates.save(other, { ...templates.load(other).source, attachments: [guide.attachment] });
    expect(storedFiles(core)).toBe(1);
    templates.reset(key);
    expect(new MailFiles(core.store).has(guide.attachment)).toBe(true);
    templates.reset(other);
    expect(storedFiles(core)).toBe(0);
  });

  test('stays when its template is reset, as long as a mail in the outbox has it', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(port) });
    const templates = attach(core, plan);
    await queueMail(core, await addMailUser(core, 'amara'), { pin: '4821' });
    templates.reset(key);
    await deliver(core);
    expect(arrivals[0]?.mail.attachments[0]?.content).toEqual(plan.bytes);
    expect(storedFiles(core)).toBe(1);
    core.testClock.forward(4000 * 86_400);
    await deliver(core);
    expect(core.outbox.list()).toEqual([]);
    expect(storedFiles(core)).toBe(0);
  });

  test('that is gone keeps its mail from being sent, which says so', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const core = temporaryCore();
    core.emailDelivery.save({ after: settingsFor(port) });
    attach(core, plan);
    const { id } = await queueMail(core, await addMailUser(core, 'amara'));
    core.store.prepare('DELETE FROM mail_files').run();
    await deliver(core);
    expect(arrivals).toEqual([]);
    expect(core.outbox.find(id)).toMatchObject({ state: 'failed', whyCode: 'mail.attachmentGone' });
  });

  test('counts for the size of a mail', async () => {
    const core = temporaryCore();
    const size = async () => (await queueMail(core, core.users.find('amara'))).size;
    await addMailUser(core, 'amara');
    const before = await size();
    attach(core, plan);
    expect(await size()).toBe(before + plan.bytes.length);
  });

  test('of which nobody has the file cannot be saved', () => {
    const templates = new MailTemplates(temporaryCore());
    const source = { ...templates.load(key).source, attachments: [guide.attachment] };
    expect(() => templates.save(key, source)).toThrowError(
      expect.objectContaining({ code: 'template.invalid', fields: { attachments: expect.any(String) } }),
    );
    expect(templates.save(key, source, { files: [guide], dryRun: true })).toEqual(['attachments']);
    expect(templates.load(key).version).toBe(0);
  });
});

describe('attachments are refused', () => {
  const named = (name: string, bytes = 'x') => newAttachment(name, Buffer.from(bytes)).attachment;

  test.each([
    ['with a path for a name', [named('../a.pdf')], /name/],
    ['with a line break in the name', [named('a\r\nBcc: x.pdf')], /name/],
    ['without a name', [named('')], /name/],
    ['that are empty', [named('a.pdf', '')], /empty/],
    ['with the same name', [named('a.pdf'), named('A.pdf', 'y')], /two/],
    [
      'that are too large together',
      [named('a.pdf', 'x'.repeat(maximumAttachmentsSize)), named('b.pdf')],
      /most/,
    ],
  ])('%s', (_, attachments, problem) => expect(attachmentsProblem(attachments)).toMatch(problem));
});
