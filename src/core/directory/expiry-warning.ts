/** A certificate that expires within so many days is warned about. */
export const expiryWarningDays = 42;

const dayMs = 86_400_000;

/** Whole days until a certificate expires; negative when it has. */
export function daysUntil(expiresAt: Date, now: Date): number {
  return Math.floor((expiresAt.getTime() - now.getTime()) / dayMs);
}
