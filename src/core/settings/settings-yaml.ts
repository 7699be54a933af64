import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { MfaError, messageOf } from '../errors.ts';
import { type CompanySettings, companySettingsSchema } from './company-settings.ts';
import { settingGroups, settingTexts } from './setting-text.ts';

/** All company settings as YAML, each under a comment that says what it does. */
export function settingsYaml(settings: CompanySettings): string {
  const fields = Object.entries(companySettingsSchema.shape);
  const groups = Object.values(settingGroups).map((group) => {
    const lines = [`# ${group}\n`];
    for (const [key, field] of fields) {
      const text = settingTexts.get(field);
      if (text?.group !== group) continue;
      const unit = text.unit === undefined ? '' : ` In ${text.unit}.`;
      const usedBy = text.usedBy === undefined ? '' : ` Used by the ${text.usedBy}.`;
      // Every JSON value is a YAML value.
      const value = JSON.stringify(settings[key as keyof CompanySettings]);
      lines.push(`# ${text.title}: ${text.help}${unit}${usedBy}\n${key}: ${value}\n`);
    }
    return lines.join('\n');
  });
  return groups.join('\n');
}

/**
 * The settings that a YAML file names, not checked yet.
 * @throws {MfaError} `usage.invalid` when it cannot be read, `settings.invalid`
 */
export function readSettingsFile(file: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MfaError('usage.invalid', `${file} cannot be read: ${messageOf(cause)}.`, { cause });
  }
  return parseSettingsYaml(text);
}

/**
 * The settings that a YAML text names, not checked yet.
 * @throws {MfaError} `settings.invalid`
 */
function parseSettingsYaml(text: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw notSettings(messageOf(error).split('\n')[0] ?? '', error);
  }
  const settings = z.record(z.string(), z.unknown()).safeParse(document);
  if (settings.success) return settings.data;
  throw notSettings('it is not a list of "name: value"', settings.error);
}

function notSettings(problem: string, cause: unknown): MfaError {
  return new MfaError('settings.invalid', `The file does not hold settings: ${problem}.`, {
    cause,
    advice: '"mfa-console settings export FILE" writes one that does.',
  });
}
