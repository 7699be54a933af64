import { MfaError } from '../../errors.ts';
import type { User } from '../../users/user.ts';
import { invalidValues, missingValues } from '../email-problems.ts';
import type { EmailSettings } from '../email-settings.ts';
import { isMailAddress } from '../mail-address.ts';

/** What keeps every mail from being sent; null when nothing does. */
export function settingsProblem(settings: EmailSettings): MfaError | null {
  if (!settings.sendToUsers) {
    return new MfaError('mail.switchedOff', 'Sending emails to users is switched off.', {
      advice: 'Switch it on with "mfa-console email settings set --send-to-users on".',
    });
  }
  return [...invalidValues(settings), ...missingValues(settings)][0]?.error ?? null;
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
