import * as z from 'zod';
import { type SettingKey, settingKeys } from '../../core/settings/change-settings.ts';
import { type CompanySettings, companySettingsSchema } from '../../core/settings/company-settings.ts';
import type { FieldValue, FormValues } from '../widgets/form/field.ts';

/** What a setting is, without what its schema says around it. */
export interface SettingShape {
  readonly type: z.core.$ZodType;
  /** It may be none. */
  readonly isNullable: boolean;
  /** What it is when nobody has set it. */
  readonly initial: unknown;
}

export function settingShape(key: SettingKey): SettingShape {
  let type: z.core.$ZodType = companySettingsSchema.shape[key];
  let isNullable = false;
  let initial: unknown;
  while (type instanceof z.ZodDefault || type instanceof z.ZodNullable) {
    if (type instanceof z.ZodNullable) isNullable = true;
    else initial = type.def.defaultValue;
    type = type.unwrap();
  }
  return { type, isNullable, initial };
}

/** Settings as the fields have them. */
export function valuesOf(settings: CompanySettings): FormValues {
  return Object.fromEntries(settingKeys.map((key) => [key, fieldValue(settings[key])]));
}

/** The defaults of some settings. */
export function defaultValues(keys: readonly SettingKey[]): FormValues {
  return Object.fromEntries(keys.map((key) => [key, fieldValue(settingShape(key).initial)]));
}

/** The settings that differ from those of the fields that were loaded. */
export function changedSettings(values: FormValues, loaded: FormValues): Record<string, unknown> {
  const changed = settingKeys.filter((key) => values[key] !== loaded[key]);
  return Object.fromEntries(changed.map((key) => [key, settingValue(key, values[key] ?? '')]));
}

/** A value as a field has it. */
export function fieldValue(value: unknown): FieldValue {
  if (typeof value === 'boolean') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What is in a field as the setting takes it; the core says whether it is possible. */
export function settingValue(key: SettingKey, value: FieldValue): unknown {
  const { type, isNullable } = settingShape(key);
  if (typeof value === 'boolean') return value;
  if (value.trim() === '' && isNullable) return null;
  return type instanceof z.ZodNumber ? Number(value) : value;
}
