import { addSeconds, timestamp } from '../clock.ts';
import { MfaError } from '../errors.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import type { UserRow } from '../store/tables.ts';
import { defaultMode, isModeOf, type Method, type Mode, modesOf } from './method.ts';
import { userFromRow } from './user-row.ts';
import type { Change } from './write-change.ts';

/** What a change of state makes of a user; null when everything is already so. */
export type Decide = (row: UserRow) => Change | null;

/** Whoever does it by hand takes it over from synchronization, which enables only whom it disabled itself. */
export function enabling(enabled: boolean): Decide {
  return (row) => {
    const isSo = (row.enabled === 1) === enabled;
    if (isSo && (enabled || row.sync_disabled_at === null)) return null;
    return {
      action: enabled ? 'user.enabled' : 'user.disabled',
      columns: { enabled: enabled ? 1 : 0, sync_disabled_at: null, fingerprint: null },
      fields: {
        ...(isSo ? {} : { enabled: [!enabled, enabled] }),
        ...(row.sync_disabled_at === null
          ? {}
          : { disabledBySynchronizationAt: [row.sync_disabled_at, null] }),
      },
    };
  };
}

export interface BlockOptions {
  reason: string;
  /** Left out: as long as the company settings say. */
  days?: number | undefined;
}

/** @throws {MfaError} `user.invalid` */
export function blocking(options: BlockOptions, settings: CompanySettings, now: Date, actor: string): Decide {
  const reason = requireReason(options.reason, 'A block');
  const days = options.days ?? settings.blockDays;
  if (!Number.isInteger(days) || days < 1 || days > 3650) {
    throw new MfaError('user.invalid', 'A block lasts a whole number of days from 1 to 3650.');
  }
  const until = timestamp(addSeconds(now, days * 86_400));
  return (row) => ({
    action: 'user.blocked',
    columns: { blocked_until: until, blocked_reason: reason, blocked_at: timestamp(now), blocked_by: actor },
    fields: { blockedUntil: [row.blocked_until, until] },
    reason,
  });
}

/** Ends a block and a lockout. */
export const unblock: Decide = (row) => {
  if (row.blocked_until === null && row.locked_until === null) return null;
  const columns = { blocked_until: null, blocked_reason: null, blocked_at: null, blocked_by: null };
  return {
    action: 'user.unblocked',
    columns: { ...columns, locked_until: null },
    fields: {
      ...(row.blocked_until === null ? {} : { blockedUntil: [row.blocked_until, null] }),
      ...(row.locked_until === null ? {} : { lockedUntil: [row.locked_until, null] }),
    },
  };
};

export interface BypassOptions {
  reason: string;
  /** Left out: as long as the company settings say. */
  seconds?: number | undefined;
}

/** Lets a user pass the second factor once. @throws {MfaError} `user.invalid` */
export function bypassing(
  options: BypassOptions,
  settings: CompanySettings,
  now: Date,
  actor: string,
): Decide {
  const reason = requireReason(options.reason, 'A one-time bypass');
  const seconds = options.seconds ?? settings.bypassSeconds;
  if (!Number.isInteger(seconds) || seconds < 10 || seconds > settings.bypassMaximumSeconds) {
    throw new MfaError(
      'user.invalid',
      `A one-time bypass lasts a whole number of seconds from 10 to ${settings.bypassMaximumSeconds}.`,
      { advice: 'The company settings have the maximum.' },
    );
  }
  const until = timestamp(addSeconds(now, seconds));
  return (row) => ({
    action: 'user.bypassed',
    columns: { bypass_until: until, bypass_reason: reason, bypass_by: actor },
    fields: { bypassUntil: [row.bypass_until, until] },
    reason,
  });
}

export const cancelBypass: Decide = (row) => {
  if (row.bypass_until === null) return null;
  return {
    action: 'user.bypassCancelled',
    columns: { bypass_until: null, bypass_reason: null, bypass_by: null },
    fields: { bypassUntil: [row.bypass_until, null] },
  };
};

/** @throws {MfaError} `user.invalid` when the method has no such mode */
export function settingMethod(method: Method, mode: Mode = defaultMode(method)): Decide {
  if (!isModeOf(method, mode)) {
    throw new MfaError('user.invalid', `The method ${method} has no mode ${mode}.`, {
      advice: `Its modes are ${modesOf[method].join(', ')}.`,
    });
  }
  return (row) => {
    const before = userFromRow(row);
    if (before.method === method && before.mode === mode) return null;
    return {
      action: 'user.edited',
      columns: { method, mode, fingerprint: null },
      fields: {
        ...(before.method === method ? {} : { method: [before.method, method] }),
        ...(before.mode === mode ? {} : { mode: [before.mode, mode] }),
      },
    };
  };
}

function requireReason(reason: string, what: string): string {
  const trimmed = reason.trim();
  if (trimmed === '') throw new MfaError('user.invalid', `${what} needs a reason.`);
  return trimmed;
}
