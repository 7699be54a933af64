import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { listAudit } from '../../../../src/core/audit/audit-query.ts';
import { composeMail, type MailCompany } from '../../../../src/core/email/templates/compose-mail.ts';
import { MailTemplates } from '../../../../src/core/email/templates/mail-templates.ts';
import type { TemplateKey } from '../../../../src/core/email/templates/template-key.ts';
import type { TemplateSource } from '../../../../src/core/email/templates/template-source.ts';
import type { User } from '../../../../src/core/users/user.ts';
import { hostileTexts } from '../../../helpers/hostile-texts.ts';
import { temporaryCore } from '../../../helpers/temporary-core.ts';

const german: TemplateKey = { method: 'phoneCall', mode: 'pin', kind: 'newUser', language: 'de' };

async function open(company: Partial<MailCompany> = {}) {
  const core = temporaryCore();
  const templates = new MailTemplates(core);
  await core.users.add({ username: 'amara', firstName: 'Amara', method: 'phoneCall', mode: 'pin' });
  const user = core.users.find('amara');
  const companySettings = { load: () => ({ ...core.companySettings.load(), ...company }) };
  const compose = (change: Partial<User>, pin: string | null = '4821') =>
    composeMail({ templates, companySettings }, { user: { ...user, ...change }, kind: 'newUser', pin });
  return { core, templates, compose };
}

describe('the language of a mail', () => {
  test.each<[string, Partial<User>, Partial<MailCompany>, RegExp]>([
    ["the user's for the method", { languagePhoneCall: 'de' }, { languagePhoneCall: 'fr' }, /Guten Tag/],
    ["else the company's", { languageMobileApp: 'de' }, { languagePhoneCall: 'fr' }, /Bonjour/],
    ['else English', {}, {}, /Hello Amara/],
  ])('is %s', async (_, user, company, greeting) => {
    const { compose } = await open(company);
    expect(compose(user).text).toMatch(greeting);
  });
});

describe('the method of a mail', () => {
  test("is the company's where the user has none", async () => {
    const { compose } = await open({ defaultMethod: 'oathToken', defaultMode: 'otp' });
    expect(compose({ method: null, mode: null }).text).toContain('authenticator app');
  });

  test('must be known', async () => {
    const { compose } = await open();
    expect(() => compose({ method: null, mode: null })).toThrow(
      expect.objectContaining({ code: 'mail.noMethod' }),
    );
  });
});

describe('the portal address', () => {
  test('is in a mail to a user who must enroll, in text and HTML, where the company has one', async () => {
    const { core, templates } = await open();
    const user = core.users.find('amara');
    const enroll = (portalUrl: string) => {
      const companySettings = { load: () => ({ ...core.companySettings.load(), portalUrl }) };
      return composeMail({ templates, companySettings }, { user, kind: 'userEnrollment' });
    };
    const address = 'https://mfa.corp.example';
    for (const part of ['text', 'html'] as const) {
      expect(enroll(address)[part]).toContain(address);
      expect(enroll('')[part]).toContain('contact your administrator');
    }
  });
});

describe('what a directory holds', () => {
  const hostile = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: 'binary' }));

  test('cannot add a header, an element or a template of its own', async () => {
    const { compose, templates } = await open();
    const source = templates.builtIn.source({ ...german, language: 'en' });
    templates.save({ ...german, language: 'en' }, { ...source, subject: 'For <$first_name$> <$last_name$>' });
    const elements = (html: string | null) => html?.match(/<[^>]*>/g);
    const expected = elements(compose({}).html);
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (firstName, lastName) => {
        const mail = compose({
          firstName: `a${firstName}\r\nBcc: eve@evil.test`,
          lastName,
          username: lastName,
        });
        expect(mail.subject).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
        expect(mail.cc).toEqual([]);
        expect(mail.text).not.toMatch(/^Bcc:/m);
        expect(elements(mail.html)).toEqual(expected);
      }),
    );
  });

  test.each(['Zoë Müller', '山田 花子', 'عمر الفاروق', "O'Neil"])(
    'arrives as it is: %s',
    async (firstName) => {
      const { compose } = await open();
      expect(compose({ firstName }).text).toContain(firstName);
    },
  );

  test('does not tell the PIN by naming the variable', async () => {
    const { compose } = await open();
    const { text } = compose({ firstName: '<$pin$>', mode: 'standard' });
    expect(text).toContain('<$pin$>');
    expect(text).not.toContain('4821');
  });
});

describe('an edited template', () => {
  const edited: TemplateSource = {
    subject: 'Neu',
    text: 'Hallo <$username$>',
    html: 'none',
    cc: ['desk@corp.test'],
    attachments: [],
  };

  test('is used, survives, and is reset', async () => {
    const { compose, templates } = await open();
    expect(templates.save(german, edited)).toEqual(['subject', 'cc', 'text', 'html']);
    const { subject, cc } = edited;
    expect(compose({ languagePhoneCall: 'de' })).toEqual({ subject, cc, html: null, text: 'Hallo amara\n' });
    expect(compose({ languagePhoneCall: 'es' }).text).toContain('Hola');
    expect(templates.reset(german)).toBe(true);
    expect(compose({ languagePhoneCall: 'de' }).text).toContain('Guten Tag');
    expect(templates.reset(german)).toBe(false);
  });

  test('is in the audit log: which text, which parts, but not what they say', async () => {
    const { core, templates } = await open();
    templates.save(german, edited);
    templates.save(german, { ...edited, subject: 'Anders' });
    templates.save(german, { ...edited, subject: 'Anders' });
    templates.reset(german);
    const target = 'phoneCall/pin/newUser/de';
    const events = listAudit(core.store, {}, 3).map(({ action, target: of, details }) => [
      action,
      of,
      details,
    ]);
    expect(events).toEqual([
      ['template.reset', target, null],
      ['template.changed', target, { parts: ['subject'] }],
      ['template.changed', target, { parts: ['subject', 'cc', 'text', 'html'] }],
    ]);
  });

  test('is not overwritten by somebody who looked at an older one', async () => {
    const { templates } = await open();
    templates.save(german, edited, { version: 0 });
    const late = () => templates.save(german, { ...edited, subject: 'Anders' }, { version: 0 });
    expect(late).toThrowError(expect.objectContaining({ code: 'template.changed' }));
    expect(() => templates.reset(german, { version: 7 })).toThrowError(/changed by admin@test/);
    expect(templates.load(german).source.subject).toBe('Neu');
  });

  test('has the HTML that its text makes, until it gets its own', async () => {
    const { compose, templates } = await open();
    templates.save(german, { ...edited, html: 'fromText' });
    expect(compose({ languagePhoneCall: 'de', username: 'a<b' }).html).toContain('<p>Hallo a&lt;b</p>');
    templates.save(german, { ...edited, html: { source: '<b><$username$></b>' } });
    expect(compose({ languagePhoneCall: 'de' }).html).toBe('<b>amara</b>');
  });

  test.each<[string, string | null, TemplateSource['html']]>([
    ['HTML of its own', '<b>x</b>', { source: '<b>x</b>' }],
    ['no HTML', null, 'none'],
  ])('that was stored by an older version with %s is read', async (_, html, now) => {
    const { core, templates } = await open();
    const source = JSON.stringify({ subject: 'Alt', text: 'x', html, cc: [] });
    core.store
      .prepare('INSERT INTO template_overrides VALUES (?, ?, 1, ?, ?)')
      .run('phoneCall/pin/newUser/de', source, '2026-01-01T00:00:00.000Z', 'admin@test');
    expect(templates.load(german).source).toMatchObject({ subject: 'Alt', html: now });
  });

  test('that is broken, or only tried, is not stored', async () => {
    const { templates } = await open();
    expect(() => templates.save(german, { ...edited, text: '<$who$>' })).toThrowError(/line 1, column/);
    expect(templates.save(german, edited, { dryRun: true })).toHaveLength(4);
    expect(templates.load(german).version).toBe(0);
  });
});
