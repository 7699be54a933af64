import * as z from 'zod';
import { readSetting, type SettingKey, settingKeys } from '../../core/settings/change-settings.ts';
import { type SettingText, settingGroups } from '../../core/settings/setting-text.ts';
import type { FieldSpec, FormValues, Option } from '../widgets/form/field.ts';
import { settingText, settingTitle, textOf } from './setting-words.ts';
import { settingShape, settingValue } from './values.ts';

export type SettingGroup = keyof typeof settingGroups;

export const groupIds = Object.keys(settingGroups) as SettingGroup[];

/** The field of every company setting, tab by tab, drawn from its schema and its texts. */
export function settingFields(): readonly FieldSpec[] {
  return groupIds.flatMap(keysOf).map(settingField);
}

/** The tab that a setting is on. */
export function groupOf(key: string): SettingGroup | undefined {
  const group = settingKeys.some((known) => known === key) ? textOf(key as SettingKey)?.group : undefined;
  return groupIds.find((id) => settingGroups[id] === group);
}

/** Names of the settings on a tab. */
export function keysOf(group: string): readonly SettingKey[] {
  return settingKeys.filter((key) => groupOf(key) === group);
}

function settingField(key: SettingKey): FieldSpec {
  const text = textOf(key);
  const { type, isNullable } = settingShape(key);
  const base = { id: key, label: settingTitle(key), help: helpOf(key, text) };
  if (type instanceof z.ZodBoolean) return { ...base, kind: 'toggle' };
  if (type instanceof z.ZodNumber) {
    return {
      ...base,
      kind: 'number',
      least: type.minValue ?? Number.MIN_SAFE_INTEGER,
      most: type.maxValue ?? Number.MAX_SAFE_INTEGER,
      ...(text?.unit !== undefined && { unit: text.unit }),
      isRequired: !isNullable,
      ...(isNullable && { placeholder: '(none)' }),
    };
  }
  if (type instanceof z.ZodEnum) {
    const all = type.options.map((id) => ({ id: String(id), label: text?.names?.[id] ?? String(id) }));
    const none = isNullable ? [{ id: '', label: 'none' }] : [];
    return { ...base, kind: 'choice', options: (values) => [...none, ...fitting(all, text, values)] };
  }
  if (type instanceof z.ZodString) {
    return {
      ...base,
      kind: 'text',
      isWide: true,
      check(value) {
        const { problem } = readSetting(key, settingValue(key, value));
        return problem === undefined ? null : `${base.label} ${problem}.`;
      },
    };
  }
  return {
    ...base,
    kind: 'text',
    isWide: true,
    lockedBecause: `It is changed with "mfa-console settings set ${key}=...".`,
  };
}

/** What it does, what it counts in where it is empty, and what it is when nobody sets it. */
function helpOf(key: SettingKey, text: SettingText | undefined): string {
  const { initial } = settingShape(key);
  const usedBy = text?.usedBy === undefined ? '' : ` Used by the ${text.usedBy}.`;
  return `${text?.help ?? ''}${usedBy} Default: ${settingText(key, initial)}.`.trim();
}

function fitting(
  options: readonly Option[],
  text: SettingText | undefined,
  values: FormValues,
): readonly Option[] {
  return text?.fits === undefined ? options : options.filter(({ id }) => text.fits?.(id, values));
}
