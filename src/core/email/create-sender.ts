import type { MailSender, SenderOptions } from './mail-sender.ts';

/** The sender that the settings name. */
export async function createSender(options: SenderOptions): Promise<MailSender> {
  if (options.settings.deliverBy === 'pickup') {
    const { createPickupSender } = await import('./pickup-sender.ts');
    return createPickupSender(options);
  }
  const { createSmtpSender } = await import('./smtp-sender.ts');
  return createSmtpSender(options);
}
