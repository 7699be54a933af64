import { randomUUID } from 'node:crypto';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import { MfaError, messageOf } from '../errors.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { SettingsDocument } from '../settings/settings-document.ts';
import type { Store } from '../store/store.ts';
import { describeAuthorities } from '../tls/authorities.ts';
import { createSender } from './create-sender.ts';
import { type deliveryHealthDocument, soundDelivery } from './delivery-health.ts';
import { invalidValues, missingValues } from './email-problems.ts';
import { type EmailSettings, type emailSettingsSchema, smtpPasswordSecret } from './email-settings.ts';
import { isMailAddress } from './mail-address.ts';
import type { Acceptance } from './mail-sender.ts';

export interface EmailServices {
  readonly store: Store;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly emailSettings: SettingsDocument<typeof emailSettingsSchema>;
  readonly deliveryHealth: ReturnType<typeof deliveryHealthDocument>;
}

/** Old and new values by setting, as they stand in the audit log. */
export type EmailChanges = Record<string, [old: unknown, now: unknown]>;

export interface EmailChange {
  readonly after: EmailSettings;
  /** A new SMTP password; undefined keeps the stored one. */
  readonly password?: string | undefined;
  /** The version that was seen; when another one is stored, nothing is written. */
  readonly version?: number | undefined;
  /** Say what would change, and save nothing. */
  readonly dryRun?: boolean;
}

/** What is stored. The password is never shown, only whether there is one. */
export interface StoredEmail {
  readonly settings: EmailSettings;
  readonly hasPassword: boolean;
  readonly version: number;
}

export interface SendTestOptions {
  /** Called with every line that goes to (`>`) and comes from (`<`) the mail server. */
  readonly onConversation: (line: string) => void;
  /** Settings to try that may not be saved; left out, the stored ones. */
  readonly settings?: EmailSettings | undefined;
  /** A new SMTP password; left out, the stored one. */
  readonly password?: string | undefined;
  /** Gives up. */
  readonly signal?: AbortSignal | undefined;
}

/** How mail leaves this server: looked at, changed and tried here, by commands and in the console. */
export class EmailDelivery {
  readonly #services: EmailServices;

  constructor(services: EmailServices) {
    this.#services = services;
  }

  load(): StoredEmail {
    const { emailSettings, secrets } = this.#services;
    const { value: settings, version } = emailSettings.loadVersioned();
    return { settings, hasPassword: secrets.has(smtpPasswordSecret), version };
  }

  /**
   * Saves settings with their audit event; without an account the stored password goes.
   * @returns what changed; empty when nothing did, and then nothing is written
   * @throws {MfaError} `mail.invalid`, `mail.plainNotAccepted`, `settings.changed`
   */
  save({ after, password, version, dryRun = false }: EmailChange): EmailChanges {
    const [problem] = invalidValues(after);
    if (problem !== undefined) throw problem.error;
    if (password !== undefined && after.user === null) {
      throw new MfaError('mail.invalid', 'A password was given, but no account that it belongs to.', {
        advice: 'Name the account with --user.',
      });
    }
    const { store, emailSettings, deliveryHealth, secrets, audit } = this.#services;
    return store.transaction(() => {
      emailSettings.requireVersion(version, 'The e-mail settings');
      const hadPassword = secrets.has(smtpPasswordSecret);
      const changes = changesBetween(emailSettings.load(), after);
      const removesPassword = hadPassword && after.user === null;
      if (password !== undefined) changes.password = [hadPassword ? 'set' : null, 'set anew'];
      else if (removesPassword) changes.password = ['set', null];
      if (dryRun || Object.keys(changes).length === 0) return changes;
      emailSettings.save(after);
      // Mails that waited for the server may go out at once.
      deliveryHealth.save(soundDelivery);
      if (password !== undefined) secrets.set(smtpPasswordSecret, password);
      else if (removesPassword) secrets.remove(smtpPasswordSecret);
      audit.append({ action: 'email.settingsChanged', target: 'email', details: { fields: changes } });
      return changes;
    });
  }

  /**
   * Sends one mail, and notes in the audit log how it went.
   * @throws {MfaError} `mail.*`, `file.unwritable`, `secret.unreadable`, `run.cancelled`
   */
  async sendTest(to: string, options: SendTestOptions): Promise<Acceptance> {
    const { clock, audit, secrets, emailSettings } = this.#services;
    const { settings = emailSettings.load(), onConversation, signal } = options;
    if (!isMailAddress(to)) {
      throw new MfaError('mail.invalid', `"${to}" is not an e-mail address.`, {
        advice: 'Write it like jane@corp.example.',
      });
    }
    const [problem] = [...invalidValues(settings), ...missingValues(settings)];
    if (problem !== undefined) throw problem.error;
    const now = clock();
    const password = options.password ?? secrets.get(smtpPasswordSecret);
    const sender = await createSender({ settings, password, onConversation });
    const giveUp = () => sender.close();
    signal?.addEventListener('abort', giveUp);
    const messageId = `<${randomUUID()}@${settings.from.split('@')[1]}>`;
    try {
      signal?.throwIfAborted();
      await sender.open();
      const mail = { to, messageId, content: testContent(now), files: [], date: now };
      const acceptance = await sender.send(mail, () => {});
      audit.append({ action: 'email.tested', target: to });
      return acceptance;
    } catch (cause) {
      const error = signal?.aborted ? givenUp(cause) : cause;
      audit.append({ action: 'email.tested', target: to, result: 'failure', reason: messageOf(error) });
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
      sender.close();
    }
  }
}

function givenUp(cause: unknown): MfaError {
  return new MfaError('run.cancelled', 'The test was given up before the mail was taken over.', { cause });
}

function testContent(now: Date) {
  return {
    subject: 'Test of MFA Console',
    text: `This mail was sent on ${now.toISOString()} to test how MFA Console sends mail. It arrived.\n`,
    html: null,
    cc: [],
  };
}

/** Setting by setting; certificates by their fingerprints. */
function changesBetween(before: EmailSettings, after: EmailSettings): EmailChanges {
  const [old, now] = [shownSettings(before), shownSettings(after)];
  const names = Object.keys(now) as (keyof EmailSettings)[];
  const different = names.filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
  return Object.fromEntries(different.map((name) => [name, [old[name], now[name]]]));
}

/** The settings as they may be printed and noted. */
export function shownSettings(settings: EmailSettings): EmailSettings {
  return { ...settings, ca: describeAuthorities(settings.ca) };
}
