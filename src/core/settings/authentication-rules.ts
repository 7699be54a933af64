import type { CompanySettings } from './company-settings.ts';

/** How an authentication goes on. */
export type Decision = 'fail' | 'succeed' | 'oathToken';

/** What becomes of an authentication whose sender cannot be reached. Without a token there is no way round it. */
export function decideWhenUnreachable(
  { whenSenderUnreachable }: Pick<CompanySettings, 'whenSenderUnreachable'>,
  hasOathToken: boolean,
): Decision {
  return whenSenderUnreachable === 'oathToken' && !hasOathToken ? 'fail' : whenSenderUnreachable;
}

/** What becomes of an authentication of a user who is known and disabled. */
export function decideWhenDisabled({
  whenUserDisabled,
}: Pick<CompanySettings, 'whenUserDisabled'>): Exclude<Decision, 'oathToken'> {
  return whenUserDisabled;
}

/** What a user may change of their own: as it was said of the user, else as the company has it. */
export function rightsOf(
  user: Readonly<{ mayChangePhone: boolean | null; mayChangePin: boolean | null }>,
  company: Pick<CompanySettings, 'userMayChangePhone' | 'userMayChangePin'>,
): { mayChangePhone: boolean; mayChangePin: boolean } {
  return {
    mayChangePhone: user.mayChangePhone ?? company.userMayChangePhone,
    mayChangePin: user.mayChangePin ?? company.userMayChangePin,
  };
}

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** @param setAt when the PIN was set; null for a user without one, which cannot expire */
export function isPinExpired(
  { pinExpiryDays }: Pick<CompanySettings, 'pinExpiryDays'>,
  setAt: Date | null,
  now: Date,
): boolean {
  if (pinExpiryDays === null || setAt === null) return false;
  return now.getTime() - setAt.getTime() >= pinExpiryDays * dayMs;
}

type LockoutRules = Pick<CompanySettings, 'lockoutFailures' | 'lockoutResetMinutes' | 'lockoutUnlockMinutes'>;

/**
 * Until when a user is locked out who has just failed; null when they are not.
 * @param failures when the user failed since the last success, this time included
 */
export function lockedOutUntil(rules: LockoutRules, failures: readonly Date[], now: Date): Date | null {
  if (rules.lockoutFailures === null) return null;
  const oldest = now.getTime() - rules.lockoutResetMinutes * minuteMs;
  const counted = failures.filter((failure) => failure.getTime() > oldest).length;
  if (counted < rules.lockoutFailures) return null;
  return new Date(now.getTime() + rules.lockoutUnlockMinutes * minuteMs);
}
