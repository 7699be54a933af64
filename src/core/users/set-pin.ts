import { randomInt } from 'node:crypto';
import { timestamp } from '../clock.ts';
import { isMfaError, type MfaError } from '../errors.ts';
import { requireNotStopped } from '../in-chunks.ts';
import type { UserRow } from '../store/tables.ts';
import type { BulkResult } from './bulk.ts';
import { requireVersion } from './edit-user.ts';
import { requireUserRow } from './find-user.ts';
import { generatePin, hashPin, isOneOf, type PinRules, pinInvalid, requireGoodPin } from './pin.ts';
import type { UsersContext } from './users-context.ts';
import { type ChangeOptions, type ChangeResult, writeChange } from './write-change.ts';

export interface SetPinOptions extends ChangeOptions {
  /** Left out: each user gets one of their own, which the result shows once. */
  pin?: string | undefined;
  /** The user must choose another at the next sign-in. */
  mustChange?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export interface SetPinResult extends ChangeResult {
  /** The PIN that was generated; null for one that was given. */
  generatedPin: string | null;
}

/** Gives users a PIN. Each is a transaction of its own: hashing takes longer than writing. */
export async function setPins(
  context: UsersContext,
  usernames: readonly string[],
  options: SetPinOptions,
): Promise<BulkResult<SetPinResult>[]> {
  const results: BulkResult<SetPinResult>[] = [];
  for (const username of usernames) {
    try {
      requireNotStopped(options.signal);
      results.push({ username, result: await setPin(context, username, options) });
    } catch (error) {
      if (!isMfaError(error)) throw error;
      results.push({ username, error });
    }
  }
  return results;
}

async function setPin(
  context: UsersContext,
  username: string,
  options: SetPinOptions,
): Promise<SetPinResult> {
  const rules = context.companySettings.load();
  const row = requireUserRow(context.store, username);
  const { pin, generatedPin } = await choosePin(row, rules, options.pin);
  const pinHash = options.dryRun ? '' : await hashPin(pin);
  return context.store.transaction(() => {
    const current = requireUserRow(context.store, username);
    requireVersion(current, row.version);
    const result = writeChange(
      context,
      current,
      {
        action: 'user.pinSet',
        columns: {
          pin_hash: pinHash,
          pin_history: historyAfter(current, rules),
          pin_set_at: timestamp(context.clock()),
          pin_must_change: options.mustChange ? 1 : 0,
        },
        fields: { pin: [current.pin_hash === null ? null : 'set', 'changed'] },
        facts: { mustChange: options.mustChange === true, generated: generatedPin !== null },
      },
      { dryRun: options.dryRun, onWritten: (user) => options.onWritten?.(user, pin) },
    );
    return { ...result, generatedPin: options.dryRun ? null : generatedPin };
  });
}

/** @throws {MfaError} `pin.invalid` */
async function choosePin(
  row: UserRow,
  rules: PinRules,
  given: string | undefined,
): Promise<{ pin: string; generatedPin: string | null }> {
  const phones = [row.phone, row.backup_phone];
  const earlier = earlierPins(row).slice(0, rules.pinHistory);
  if (given !== undefined) {
    requireGoodPin(given, rules, phones);
    if (await isOneOf(given, earlier)) throw pinUsedBefore(rules);
    return { pin: given, generatedPin: null };
  }
  let pin: string;
  do pin = generatePin(rules, phones, randomInt);
  while (await isOneOf(pin, earlier));
  return { pin, generatedPin: pin };
}

function pinUsedBefore(rules: PinRules): MfaError {
  return pinInvalid(`is one of the user's last ${rules.pinHistory}`);
}

/** Hashes of the PINs that a user had, the present one first. */
function earlierPins(row: UserRow): string[] {
  const history = row.pin_history === null ? [] : (JSON.parse(row.pin_history) as string[]);
  return row.pin_hash === null ? history : [row.pin_hash, ...history];
}

/** The present PIN joins the history, which never holds more than the rules ask for. */
function historyAfter(row: UserRow, rules: PinRules): string | null {
  const history = earlierPins(row).slice(0, rules.pinHistory);
  return history.length === 0 ? null : JSON.stringify(history);
}
