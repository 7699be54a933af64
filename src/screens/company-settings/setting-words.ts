import type { SettingKey } from '../../core/settings/change-settings.ts';
import { companySettingsSchema } from '../../core/settings/company-settings.ts';
import { type SettingText, settingTexts } from '../../core/settings/setting-text.ts';

/** What the registry says of a setting. */
export function textOf(key: SettingKey): SettingText | undefined {
  return settingTexts.get(companySettingsSchema.shape[key]);
}

export function settingTitle(key: SettingKey): string {
  return textOf(key)?.title ?? key;
}

/** A value as an administrator reads it. */
export function settingText(key: SettingKey, value: unknown): string {
  const { names, unit } = textOf(key) ?? {};
  if (value === null || value === undefined || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return unit === undefined ? String(value) : `${value} ${unit}`;
  if (typeof value === 'object') return JSON.stringify(value);
  return names?.[String(value)] ?? String(value);
}
