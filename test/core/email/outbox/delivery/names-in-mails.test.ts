import { expect, test } from 'vitest';
import { MailTemplates } from '../../../../../src/core/email/templates/mail-templates.ts';
import { settingsFor } from '../../../../helpers/email-settings.ts';
import { addMailUser, deliver, queueMail } from '../../../../helpers/mail-users.ts';
import { temporaryCore } from '../../../../helpers/temporary-core.ts';
import { startMailServer, withoutTls } from '../../../../servers/mail-server.ts';

/** A mail to a user of that name, in whose subject, text and HTML it stands, as it arrived. */
async function mailTo(name: string) {
  const { port, arrivals } = await startMailServer(withoutTls);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port, { fromName: name }) });
  await core.users.add({
    username: 'amara',
    email: 'amara@corp.example',
    method: 'phoneCall',
    mode: 'standard',
  });
  // As a directory may have it; what is typed is checked.
  core.store.prepare('UPDATE users SET first_name = ?').run(name);
  const key = { method: 'phoneCall', mode: 'standard', kind: 'newUser', language: 'en' } as const;
  new MailTemplates(core).save(key, {
    subject: 'Welcome <$first_name$>',
    text: 'Dear <$first_name$>!\n',
    html: { source: '<p>Dear <b><$first_name$></b>!</p>' },
    cc: [],
    attachments: [],
  });
  await queueMail(core, core.users.find('amara'));
  await deliver(core);
  const [arrival] = arrivals;
  if (arrival === undefined) throw new Error(`Nothing arrived: ${core.outbox.list()[0]?.why}`);
  return arrival;
}

test.each([
  ['umlauts', 'Jürgen Größmann-Åkesson'],
  ['Japanese', '山田 花子'],
  ['writing from right to left', 'ליאת بن علي'],
  ['signs outside the first plane', '𠮷野 𝒜'],
])('%s arrive as they are in subject, text and HTML', async (_, name) => {
  const { mail } = await mailTo(name);
  expect(mail.subject).toBe(`Welcome ${name}`);
  expect(mail.text?.trim()).toBe(`Dear ${name}!`);
  expect(mail.html).toContain(`<b>${name}</b>`);
  expect(mail.from?.value).toEqual([{ name, address: 'mfa@corp.example' }]);
});

test('a name can neither add a header nor a receiver nor an element', async () => {
  const { port, arrivals } = await startMailServer(withoutTls);
  const core = temporaryCore();
  core.emailDelivery.save({ after: settingsFor(port) });
  await addMailUser(core, 'amara');
  const name = 'A\r\nBcc: thief@elsewhere.example\r\n\r\n<script>x</script>\u202e';
  core.store.prepare('UPDATE users SET first_name = ?, username = ?').run(name, name);
  const [user] = core.users.byIds([1]);
  if (user === undefined) throw new Error('The user is gone.');
  await queueMail(core, user);
  await deliver(core);
  const [arrival] = arrivals;
  expect(arrival?.receivers).toEqual(['amara@corp.example']);
  const [head = ''] = (arrival?.raw ?? '').split('\r\n\r\n');
  expect(head).not.toMatch(/^bcc:/im);
  expect(String(arrival?.mail.html)).toContain('&lt;script&gt;');
  expect(String(arrival?.mail.html)).not.toContain('<script>');
});
