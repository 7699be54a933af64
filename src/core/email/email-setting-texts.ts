import type { EmailSettings } from './email-settings.ts';

/** What each setting does, in one sentence, for documents and exports. */
export const emailSettingTexts: Record<keyof EmailSettings, string> = {
  sendToUsers: 'The master switch: off, no user gets a mail, and each that was due says so in the outbox.',
  mailsPerMinute: 'How many mails leave in a minute at most.',
  giveUpAfterHours: 'For how many hours a mail is tried again.',
  keepDays: 'For how many days the outbox keeps mails to which nothing happens any more.',
  deliverBy: 'To a mail server (smtp), or as .eml files into a folder (pickup).',
  host: 'The mail server.',
  port: 'Its port; null is the usual one, 465 with implicitTls, else 587.',
  security: 'What protects the connection: startTls, implicitTls or none.',
  acceptsPlain: 'That mail and password may travel without encryption.',
  ca: "PEM certificates of the authorities to trust instead of the system's; null trusts the system's.",
  user: 'The account at the mail server; null does not log on. Its password is a secret.',
  timeoutSeconds: 'Seconds to connect, and that the server may stay silent.',
  pickupFolder: 'The full path of the folder for .eml files.',
  from: 'The address that all mail comes from.',
  fromName: 'The name that stands before it.',
  replyTo: 'Where answers go; null is the From address.',
  administrators: 'Who is told when a synchronization waits for approval, or fails for a day.',
  administratorLanguage: 'The language of mails to administrators.',
};
