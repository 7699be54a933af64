import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { MfaError, messageOf } from '../errors.ts';
import { PrivateFile } from '../private-file.ts';
import type { MailSender, SenderOptions } from './mail-sender.ts';
import { messageBytes } from './message-bytes.ts';

/**
 * Writes each mail as a file that appears when it is complete. Its name comes from the Message-ID, so that a
 * mail that is written again replaces itself.
 */
export function createPickupSender({ settings }: Pick<SenderOptions, 'settings'>): MailSender {
  return {
    async open() {
      try {
        accessSync(settings.pickupFolder, constants.W_OK);
      } catch (cause) {
        throw new MfaError(
          'file.unwritable',
          `Mails cannot be written into the pickup folder ${settings.pickupFolder}: ${messageOf(cause)}.`,
          { advice: 'Make the folder, and let the account that runs MFA Console write into it.', cause },
        );
      }
    },
    async send(mail, onHandover) {
      const { bytes } = await messageBytes(mail, settings);
      const name = `${mail.messageId.replace(/[^A-Za-z0-9-]+/g, '-').replace(/^-|-$/g, '')}.eml`;
      const path = join(settings.pickupFolder, name);
      using file = new PrivateFile(path);
      file.write(bytes);
      onHandover();
      file.finish();
      return { response: path };
    },
    close() {},
  };
}
