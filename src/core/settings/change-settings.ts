import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';
import type { AuditLog } from '../audit/audit-log.ts';
import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import type { Store } from '../store/store.ts';
import { isModeOf, modesOf } from '../users/method.ts';
import { type CompanySettings, companySettingsSchema } from './company-settings.ts';
import { readMeanings, readSettingText } from './read-setting-text.ts';
import type { SettingsDocument } from './settings-document.ts';

export type SettingKey = keyof CompanySettings;
export type SettingChanges = Partial<Record<SettingKey, [before: unknown, after: unknown]>>;

export interface SettingsServices {
  store: Store;
  audit: AuditLog;
  companySettings: SettingsDocument<typeof companySettingsSchema>;
}

export interface ChangeSettingsOptions {
  dryRun?: boolean;
  /** The changes that were shown before; when they would be others now, nothing is written. */
  expected?: SettingChanges;
  /** The version that was seen; when another one is stored, nothing is written. */
  version?: number | undefined;
}

export const settingKeys = Object.keys(companySettingsSchema.shape) as SettingKey[];

/** @throws {MfaError} `settings.unknown`, with the nearest name */
export function settingKey(name: string): SettingKey {
  const key = settingKeys.find((known) => known === name);
  if (key !== undefined) return key;
  const near = nearest(name, settingKeys);
  throw new MfaError('settings.unknown', `There is no setting "${name}".`, {
    advice: near === undefined ? '"mfa-console settings get" lists them.' : `Did you mean ${near}?`,
  });
}

/**
 * Changes company settings that are given as text, all or none, with one audit event.
 * @param assignments values by name; `none` or `null` empties a setting that may be empty
 * @returns what changed; settings that already had the value are left out
 * @throws {MfaError} `settings.unknown`, `settings.invalid`
 */
export function changeSettings(
  services: SettingsServices,
  assignments: ReadonlyMap<string, string>,
  options: ChangeSettingsOptions = {},
): SettingChanges {
  const values = new Map<SettingKey, unknown>();
  for (const [name, text] of assignments) {
    const key = settingKey(name);
    values.set(key, readSettingText(companySettingsSchema.shape[key], key, text));
  }
  return writeSettings(services, values, options);
}

/**
 * As {@link changeSettings}, with values that have their types already.
 * @throws {MfaError} `settings.unknown`, `settings.invalid`, `settings.changed`
 */
export function importSettings(
  services: SettingsServices,
  given: Readonly<Record<string, unknown>>,
  options: ChangeSettingsOptions = {},
): SettingChanges {
  const values = new Map<SettingKey, unknown>();
  for (const [name, value] of Object.entries(given)) {
    const key = settingKey(name);
    values.set(key, readMeanings(companySettingsSchema.shape[key], key, [value]));
  }
  return writeSettings(services, values, options);
}

function writeSettings(
  { store, audit, companySettings }: SettingsServices,
  values: ReadonlyMap<SettingKey, unknown>,
  options: ChangeSettingsOptions,
): SettingChanges {
  return store.transaction(() => {
    companySettings.requireVersion(options.version, 'The company settings');
    const before = companySettings.load();
    const after = { ...before, ...Object.fromEntries(values) } as CompanySettings;
    checkTogether(after);
    const changes: SettingChanges = {};
    for (const key of settingKeys) {
      if (before[key] !== after[key]) changes[key] = [before[key], after[key]];
    }
    if (options.expected !== undefined && !isDeepStrictEqual(changes, options.expected))
      throw changedMeanwhile();
    if (options.dryRun || Object.keys(changes).length === 0) return changes;
    companySettings.save(after);
    audit.append({ action: 'settings.changed', target: 'company', details: { fields: changes } });
    return changes;
  });
}

function changedMeanwhile(): MfaError {
  return new MfaError('settings.changed', 'Somebody else has changed these settings in the meantime.', {
    advice: 'Nothing was changed; look at the differences again.',
  });
}

/** A value as the setting takes it, or what is wrong with it, as the end of a sentence. */
export function readSetting(
  key: SettingKey,
  value: unknown,
): { readonly value: unknown; readonly problem?: never } | { readonly problem: string } {
  const field: z.ZodType = companySettingsSchema.shape[key];
  const parsed = field.safeParse(value);
  if (parsed.success) return { value: parsed.data };
  return { problem: parsed.error.issues.map((issue) => issue.message).join('; ') };
}

function checkTogether({
  defaultMethod,
  defaultMode,
  bypassSeconds,
  bypassMaximumSeconds,
}: CompanySettings): void {
  if (defaultMode !== null && (defaultMethod === null || !isModeOf(defaultMethod, defaultMode))) {
    const problem =
      defaultMethod === null
        ? `The mode ${defaultMode} needs a method.`
        : `The method ${defaultMethod} has the modes ${modesOf[defaultMethod].join(', ')}, but not ${defaultMode}.`;
    throw new MfaError('settings.invalid', problem, {
      advice: 'Set defaultMethod and defaultMode together, or defaultMode=none.',
      fields: { defaultMode: defaultMethod === null ? 'needs a method' : 'is no mode of the method' },
    });
  }
  if (bypassSeconds > bypassMaximumSeconds) {
    throw new MfaError(
      'settings.invalid',
      `bypassSeconds (${bypassSeconds}) is more than bypassMaximumSeconds (${bypassMaximumSeconds}).`,
      {
        advice: 'Set both together.',
        fields: { bypassSeconds: `is more than the longest of ${bypassMaximumSeconds} seconds` },
      },
    );
  }
}
