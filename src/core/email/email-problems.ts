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

/** What must still be set before mail can be sent; empty when nothing is missing. */
export function missingValues(settings: EmailSettings): readonly EmailProblem[] {
  const missing: EmailProblem[] = [];
  const demand = (setting: keyof EmailSettings, what: string, option: string) => {
    if (settings[setting] !== '') return;
    const advice = `Set it with "mfa-console email settings set ${option}".`;
    missing.push({ setting, error: new MfaError('mail.notConfigured', `${what} is set.`, { advice }) });
  };
  if (settings.deliverBy === 'smtp') demand('host', 'No mail server', '--host mail.corp.example');
  else demand('pickupFolder', 'No pickup folder', '--pickup-folder FOLDER');
  demand('from', 'No From address', '--from mfa@corp.example');
  return missing;
}

function isPlain({ deliverBy, security }: EmailSettings): boolean {
  return deliverBy === 'smtp' && security === 'none';
}
