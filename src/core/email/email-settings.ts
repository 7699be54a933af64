import * as z from 'zod';
import { languages } from '../users/method.ts';

/** How mail leaves this server. The SMTP password is a sealed secret, not part of this. */
export const emailSettingsSchema = z.object({
  /** The master switch: off, no user gets a mail, and each that was due says so in the outbox. */
  sendToUsers: z.boolean().default(true),
  /** How many mails leave in a minute at most; mail servers and providers limit it, too. */
  mailsPerMinute: z.number().int().min(1).max(60_000).default(60),
  /** For how many hours a mail is tried again; RFC 5321 4.5.4.1 speaks of four to five days at most. */
  giveUpAfterHours: z.number().int().min(1).max(240).default(48),
  /** For how many days the outbox keeps mails to which nothing happens any more. */
  keepDays: z.number().int().min(1).max(3650).default(180),
  /** To a mail server, or as `.eml` files into a folder from which another program takes them. */
  deliverBy: z.enum(['smtp', 'pickup']).default('smtp'),
  host: z.string().default(''),
  /** Null is the usual port: 465 with implicit TLS, else 587. */
  port: z.number().int().min(1).max(65_535).nullable().default(null),
  /** What protects the connection; with `startTls` a server that does not offer it gets no mail. */
  security: z.enum(['startTls', 'implicitTls', 'none']).default('startTls'),
  /** The administrator said that a connection without TLS is acceptable. */
  acceptsPlain: z.boolean().default(false),
  /** PEM text of the authorities to trust instead of the system's; null trusts the system store. */
  ca: z.string().nullable().default(null),
  /** Account at the mail server; null does not log on. */
  user: z.string().nullable().default(null),
  /** Seconds to connect, and seconds that the server may stay silent. */
  timeoutSeconds: z.number().int().min(1).max(300).default(30),
  /** Where the `.eml` files go. */
  pickupFolder: z.string().default(''),
  /** The address that all mail comes from, such as `mfa@corp.example`. */
  from: z.string().default(''),
  /** The name that stands before it. */
  fromName: z.string().default(''),
  /** Where answers go; null is the From address. */
  replyTo: z.string().nullable().default(null),
  /** Who is told when a synchronization waits for approval, or fails for a day; mail addresses. */
  administrators: z.array(z.string()).default([]),
  /** The language of mails to them. */
  administratorLanguage: z.enum(languages).default('en'),
});

export type EmailSettings = z.infer<typeof emailSettingsSchema>;

/** The name of the SMTP password among the secrets. */
export const smtpPasswordSecret = 'email.smtpPassword';
