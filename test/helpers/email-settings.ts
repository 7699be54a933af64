import { type EmailSettings, emailSettingsSchema } from '../../src/core/email/email-settings.ts';

/** Settings that send to a port of this machine without encryption, and what a test wants otherwise. */
export function settingsFor(port: number, more: Partial<EmailSettings> = {}): EmailSettings {
  const from = 'mfa@corp.example';
  const basic = { host: '127.0.0.1', port, from, security: 'none', acceptsPlain: true, timeoutSeconds: 5 };
  return emailSettingsSchema.parse({ ...basic, ...more });
}
