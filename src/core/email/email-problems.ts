import { isAbsolute } from 'node:path';
import { MfaError } from '../errors.ts';
import type { EmailSettings } from './email-settings.ts';
import { isMailAddress } from './mail-address.ts';

/** A setting that keeps mail from being sent. */
export interface EmailProblem {
  readonly setting: keyof EmailSettings;
  readonly error: MfaError;
}

/** The port of the mail server: RFC 8314 names 465 for implicit TLS, RFC 6409 587 for submission. */
export function portOf({ port, security }: EmailSettings): number {
  return port ?? (security === 'implicitTls' ? 465 : 587);
}

/** Values that may not be saved, whatever else is still open; empty when there are none. */
export function invalidValues(settings: EmailSettings): readonly EmailProblem[] {
  const problems: EmailProblem[] = [];
  const refuse = (setting: keyof EmailSettings, message: string, advice: string) =>
    problems.push({ setting, error: new MfaError('mail.invalid', message, { advice }) });
  const { from, replyTo, host, pickupFolder, fromName } = settings;
  if (from !== '' && !isMailAddress(from)) {
    refuse('from', `"${from}" is not an e-mail address.`, 'Write it like mfa@corp.example.');
  }
  if (replyTo !== null && !isMailAddress(replyTo)) {
    refuse('replyTo', `"${replyTo}" is not an e-mail address.`, 'Write it like helpdesk@corp.example.');
  }
  if (/\p{Cc}/u.test(fromName)) {
    refuse('fromName', 'The From name holds a control character.', 'Write it on one line.');
  }
  const broken = settings.administrators.find((one) => !isMailAddress(one));
  if (broken !== undefined) {
    refuse('administrators', `"${broken}" is not an e-mail address.`, 'Write it like admin@corp.example.');
  }
  if (host !== '' && !/^[\w.:-]+$/.test(host)) {
    refuse('host', `"${host}" is not the name of a mail server.`, 'Write it like mail.corp.example.');
  }
  if (pickupFolder !== '' && !isAbsolute(pickupFolder)) {
    refuse('pickupFolder', `The pickup folder "${pickupFolder}" is not a full path.`, 'Begin at the root.');
  }
  if (isPlain(settings) && !settings.acceptsPlain) {
    const advice =
      'Use startTls or implicitTls; accept it (--accept-plain) only when nobody can listen on the network.';
    const message = `Mail to ${host} would travel without encryption.`;
    problems.push({
      setting: 'acceptsPlain',
      error: new MfaError('mail.plainNotAccepted', message, { advice }),
    });
  }
  return problems;
}

/** How what is missing is set, by setting. */
export const missingCommands = {
  host: 'mfa-console email settings set --host mail.corp.example',
  pickupFolder: 'mfa-console email settings set --pickup-folder FOLDER',
  from: 'mfa-console email settings set --from mfa@corp.example',
} as const;

/** A value without which no mail can be sent. */
export interface MissingValue extends EmailProblem {
  readonly setting: keyof typeof missingCommands;
}

/** What must still be set before mail can be sent; empty when nothing is missing. */
export function missingValues(settings: EmailSettings): readonly MissingValue[] {
  const missing: MissingValue[] = [];
  const demand = (setting: MissingValue['setting'], what: string) => {
    if (settings[setting] !== '') return;
    const advice = `Set it with "${missingCommands[setting]}".`;
    missing.push({ setting, error: new MfaError('mail.notConfigured', `${what} is set.`, { advice }) });
  };
  if (settings.deliverBy === 'smtp') demand('host', 'No mail server');
  else demand('pickupFolder', 'No pickup folder');
  demand('from', 'No From address');
  return missing;
}

/** Whether mails, and a password, travel to another machine without encryption. */
export function isReadableOnTheWay(settings: EmailSettings): boolean {
  const isHere = /^(localhost|127(\.\d+){3}|::1)$/i.test(settings.host);
  return isPlain(settings) && settings.host !== '' && !isHere;
}

function isPlain({ deliverBy, security }: EmailSettings): boolean {
  return deliverBy === 'smtp' && security === 'none';
}
