import { MfaError } from '../errors.ts';
import { nearest } from '../nearest.ts';
import { readSettingText } from '../settings/read-setting-text.ts';
import { type SyncSettings, syncSettingsSchema } from './sync-settings.ts';

export type SyncSettingChanges = Partial<Record<keyof SyncSettings, [before: unknown, after: unknown]>>;

/**
 * Settings with others that are given as text.
 * @throws {MfaError} `settings.unknown`, `settings.invalid`
 */
export function assignSyncSettings(
  before: SyncSettings,
  assignments: ReadonlyMap<string, string>,
): SyncSettings {
  const keys = Object.keys(syncSettingsSchema.shape) as (keyof SyncSettings)[];
  const given: [keyof SyncSettings, unknown][] = [];
  for (const [name, text] of assignments) {
    const key = keys.find((one) => one === name);
    if (key === undefined) {
      const near = nearest(name, keys);
      throw new MfaError('settings.unknown', `There is no setting "${name}" of synchronization.`, {
        advice: near === undefined ? `They are ${keys.join(', ')}.` : `Did you mean ${near}?`,
      });
    }
    given.push([key, readSettingText(syncSettingsSchema.shape[key], key, text)]);
  }
  return syncSettingsSchema.parse({ ...before, ...Object.fromEntries(given) });
}

/** Which settings are different, with both values. */
export function changedSyncSettings(before: SyncSettings, after: SyncSettings): SyncSettingChanges {
  const changed: SyncSettingChanges = {};
  for (const key of Object.keys(syncSettingsSchema.shape) as (keyof SyncSettings)[]) {
    if (before[key] !== after[key]) changed[key] = [before[key], after[key]];
  }
  return changed;
}
