import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it, test } from 'vitest';
import { createSender } from '../../../src/core/email/create-sender.ts';
import { settingsFor } from '../../helpers/email-settings.ts';
import { temporaryFolder } from '../../helpers/temporary-folder.ts';
import { startMailServer, withoutTls } from '../../servers/mail-server.ts';

describe('what a mail says', () => {
  const contents = [
    ['umlauts', 'Grüße an Jürgen Groß', 'Schöne Grüße, Jürgen'],
    ['Japanese', '山田さんの登録', 'こんにちは、山田さん。'],
    ['writing from right to left', 'שלום דנה', 'مرحبا يا ليلى'],
    ['a very long line', 'x '.repeat(400).trim(), 'y'.repeat(3000)],
    ['a line with a dot alone', 'Dots', 'one\n.\n..\ntwo'],
  ] as const;

  it.each(contents)(
    'arrives as it was written with %s, over SMTP and as a file',
    async (_, subject, text) => {
      const { port, arrivals } = await startMailServer(withoutTls);
      const pickupFolder = temporaryFolder();
      const mail = {
        to: 'jane@corp.example',
        messageId: '<one@corp.example>',
        date: new Date('2026-03-02T10:00:00Z'),
        files: [],
        content: { subject, text, html: null, cc: [] },
      };
      const more = { fromName: 'Größe & Söhne, "MFA"', replyTo: 'help@corp.example', pickupFolder } as const;
      for (const deliverBy of ['smtp', 'pickup'] as const) {
        const settings = settingsFor(port, { ...more, deliverBy });
        const sender = await createSender({
          settings,
          password: null,
          onConversation: () => {},
        });
        await sender.send(mail, () => {});
        sender.close();
      }
      const files = readdirSync(pickupFolder);
      expect(files).toEqual(['one-corp-example.eml']);
      const written = await simpleParser(readFileSync(join(pickupFolder, files[0] ?? '')));
      for (const arrived of [arrivals[0]?.mail, written]) {
        expect(arrived?.subject).toBe(subject);
        expect(arrived?.text?.trimEnd()).toBe(text);
        expect(arrived?.messageId).toBe('<one@corp.example>');
        expect(arrived?.date).toEqual(mail.date);
        expect(arrived?.from?.value).toEqual([{ name: more.fromName, address: 'mfa@corp.example' }]);
        expect(arrived?.replyTo?.value[0]?.address).toBe('help@corp.example');
      }
    },
  );

  test('never becomes a header or another receiver', async () => {
    const { port, arrivals } = await startMailServer(withoutTls);
    const attack = 'Hello\r\nBcc: thief@elsewhere.example\r\n\r\nforged';
    const settings = settingsFor(port, { fromName: attack });
    const sender = await createSender({
      settings,
      password: null,
      onConversation: () => {},
    });
    const content = { subject: attack, text: attack, html: null, cc: [] };
    const mail = {
      to: 'jane@corp.example',
      messageId: '<two@corp.example>',
      date: new Date(),
      content,
      files: [],
    };
    await sender.send(mail, () => {});
    sender.close();
    const [arrival] = arrivals;
    expect(arrival?.receivers).toEqual(['jane@corp.example']);
    const [head = ''] = (arrival?.raw ?? '').split('\r\n\r\n');
    expect(head).not.toMatch(/^bcc:/im);
    expect(arrival?.mail.headers.has('bcc')).toBe(false);
  });
});
