import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { PrivateFile } from '../private-file.ts';
import type { MailSender, SenderOptions } from './mail-sender.ts';
import { messageFields } from './message-fields.ts';

/**
 * Writes each mail as a file that appears when it is complete. Its name comes from the Message-ID, so that a
 * mail that is written again replaces itself.
 */
export function createPickupSender({ settings, now }: SenderOptions): MailSender {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return {
    async send(mail) {
      const { message } = await transport.sendMail(messageFields(mail, settings, now));
      const name = `${mail.messageId.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-|-$/g, '')}.eml`;
      const path = join(settings.pickupFolder, name);
      using file = new PrivateFile(path);
      file.write(message as Buffer);
      file.finish();
      return { response: path };
    },
  };
}
