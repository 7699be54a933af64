import type { SyncSettings } from './sync-settings.ts';

/** What takes something away from a user, and so may have to be approved. */
export type Takeaway = 'disabled' | 'removed';

export interface GuardedChange {
  readonly takeaway: Takeaway;
  /** An earlier run held the same, and nobody has approved it. */
  readonly wasHeld: boolean;
  /** Why this one is not done without approval, however few there are; null when that depends on how many. */
  readonly doubt: string | null;
  /** Somebody approved it. */
  readonly isApproved: boolean;
}

/** From so many users of items the percentage counts. */
const fewestForPercent = 100;

/**
 * Which changes have to wait for approval, and why: null for those that may be done. Disables and removes are counted
 * apart. What was held once stays held until it is approved, so that what an approval leaves out is not done by the
 * next run because it has become little.
 * @param total users of items before the run
 */
export function judge(
  changes: readonly GuardedChange[],
  { approvalCount, approvalPercent }: Pick<SyncSettings, 'approvalCount' | 'approvalPercent'>,
  total: number,
): (string | null)[] {
  const reasons = new Map<Takeaway, string | null>();
  for (const takeaway of ['disabled', 'removed'] as const) {
    const count = changes.filter((one) => one.takeaway === takeaway && !one.isApproved).length;
    reasons.set(takeaway, tooMany(count, takeaway));
  }
  return changes.map(({ takeaway, wasHeld, doubt, isApproved }) => {
    if (isApproved) return null;
    return reasons.get(takeaway) ?? doubt ?? (wasHeld ? 'an earlier run held it for approval' : null);
  });

  function tooMany(count: number, takeaway: Takeaway): string | null {
    if (count > approvalCount) {
      return `${count} users would be ${takeaway}, and more than ${approvalCount} need approval`;
    }
    if (total >= fewestForPercent && count * 100 > approvalPercent * total) {
      return `${count} of ${total} users would be ${takeaway}, and more than ${approvalPercent} % need approval`;
    }
    return null;
  }
}
