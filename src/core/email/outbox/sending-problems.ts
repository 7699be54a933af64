import { MfaError } from '../../errors.ts';
import type { User } from '../../users/user.ts';
import { invalidValues, missingValues } from '../email-problems.ts';
import type { EmailSettings } from '../email-settings.ts';
import { isMailAddress } from '../mail-address.ts';
import { isNoticeKind, type MailKind } from '../templates/template-key.ts';

/** What keeps every mail of a kind from being sent; null when nothing does. */
export function settingsProblem(settings: EmailSettings, kind: MailKind): MfaError | null {
  if (!settings.sendToUsers && !isNoticeKind(kind)) return switchedOff();
  return deliveryProblem(settings);
}

/** What keeps all mails from being sent, whoever they are for; null when nothing does. */
export function deliveryProblem(settings: EmailSettings): MfaError | null {
  return [...invalidValues(settings), ...missingValues(settings)][0]?.error ?? null;
}

/** What keeps mails to users from being sent while they are not wanted; administrators get theirs all the same. */
export function switchedOff(): MfaError {
  return new MfaError('mail.switchedOff', 'Sending emails to users is switched off.', {
    advice: 'Switch it on with "mfa-console email settings set --send-to-users on".',
  });
}

/** The address that mails to a user go to; null when there is none. */
export function addressOf({ email }: User): string | null {
  const address = email?.trim() ?? '';
  return address === '' ? null : address;
}

/** What keeps mails from a user; null when nothing does. */
export function addressProblem(user: User): MfaError | null {
  const recipient = addressOf(user);
  if (recipient !== null && isMailAddress(recipient)) return null;
  const what =
    recipient === null ? 'has no e-mail address' : `has "${recipient}" as e-mail address, which is none`;
  return new MfaError('mail.noAddress', `The user ${user.username} ${what}.`, {
    advice: 'Set it with "mfa-console users edit USERNAME --email ADDRESS", then retry the mail.',
  });
}

export function noAdministrators(): MfaError {
  return new MfaError('mail.noAddress', 'No address of an administrator is set.', {
    advice: 'Set some with "mfa-console email settings set --administrators ADDRESS", then retry the mail.',
  });
}
