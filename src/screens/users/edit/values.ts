import type { CompanySettings } from '../../../core/settings/company-settings.ts';
import { defaultLanguages } from '../../../core/users/default-languages.ts';
import { parsePhone } from '../../../core/users/phone.ts';
import {
  type DirectoryField,
  directoryFields,
  emptyUserFields,
  type User,
  type UserFields,
} from '../../../core/users/user.ts';
import type { UserPatch } from '../../../core/users/user-input.ts';
import type { FormValues } from '../../widgets/form/field.ts';
import { chosenMethod, methodChoice } from '../method-choice.ts';
import { localToggle } from './fields.ts';

const texts = [
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'extension',
  'backupExtension',
] as const;
const choices = [
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
  'whenDisabled',
] as const;
const overrides = ['mayChangePhone', 'mayChangePin'] as const;
const toggles = ['enabled', 'pinMustChange'] as const;

/** What the fields of a user hold; of a new one, what the company settings give. */
export function valuesOf(user: User | null, settings: CompanySettings): FormValues {
  const { defaultMethod, defaultMode, defaultCountry } = settings;
  const added: UserFields = {
    ...emptyUserFields,
    ...defaultLanguages(settings),
    username: '',
    method: defaultMethod,
    mode: defaultMode,
  };
  const fields = user ?? added;
  const values: Record<string, string | boolean> = {
    country: defaultCountry,
    backupCountry: defaultCountry,
    phone: fields.phone ?? '',
    backupPhone: fields.backupPhone ?? '',
    method: methodChoice(fields.method, fields.mode),
    pin: '',
    pinAgain: '',
    sendEmail: false,
  };
  for (const name of texts) values[name] = fields[name] ?? '';
  for (const name of choices) values[name] = fields[name] ?? '';
  for (const name of overrides) values[name] = overrideChoice(fields[name]);
  for (const name of toggles) values[name] = fields[name];
  for (const name of directoryFields) values[localToggle(name)] = fields.localFields.includes(name);
  return values;
}

/** What was changed in the fields, as the core takes it. */
export function patchOf(values: FormValues, initial: FormValues, user: User | null): UserPatch {
  const isChanged = (name: string) => values[name] !== initial[name];
  const patch: Record<string, unknown> = {};
  for (const name of texts) if (isChanged(name)) patch[name] = String(values[name]);
  for (const name of choices) if (isChanged(name)) patch[name] = values[name] === '' ? null : values[name];
  for (const name of overrides) if (isChanged(name)) patch[name] = overrideOf(values[name]);
  for (const name of toggles) if (isChanged(name)) patch[name] = values[name] === true;
  if (isChanged('phone')) Object.assign(patch, phonePatch(values, 'phone', 'extension', 'country', patch));
  if (isChanged('backupPhone')) {
    Object.assign(patch, phonePatch(values, 'backupPhone', 'backupExtension', 'backupCountry', patch));
  }
  if (isChanged('method')) {
    const chosen = chosenMethod(values.method);
    Object.assign(patch, { method: chosen?.method ?? null, mode: chosen?.mode ?? null });
  }
  const localFields = localFieldsOf(values, initial, user, patch);
  if (localFields !== null) patch.localFields = localFields;
  return patch as UserPatch;
}

/** Ids of fields that say how others are read, and are stored nowhere. */
export const helperFields: ReadonlySet<string> = new Set(['country', 'backupCountry', 'pinAgain']);

function phonePatch(
  values: FormValues,
  phone: 'phone' | 'backupPhone',
  extension: 'extension' | 'backupExtension',
  country: string,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const text = String(values[phone]);
  const parsed = parsePhone(text, String(values[country]).toUpperCase());
  // What cannot be read goes to the core as it is, which says why.
  if (text.trim() === '' || 'problem' in parsed) return { [phone]: text };
  const isNewExtension = parsed.extension !== null && patch[extension] === undefined;
  return { [phone]: parsed.phone, ...(isNewExtension && { [extension]: parsed.extension }) };
}

/** The fields that are kept; null when the core finds them out by itself from what was edited. */
function localFieldsOf(
  values: FormValues,
  initial: FormValues,
  user: User | null,
  patch: Readonly<Record<string, unknown>>,
): readonly DirectoryField[] | null {
  const wasToggled = (name: DirectoryField) => values[localToggle(name)] !== initial[localToggle(name)];
  if (user === null || !directoryFields.some(wasToggled)) return null;
  return directoryFields.filter((name) => {
    if (wasToggled(name)) return values[localToggle(name)] === true;
    return user.localFields.includes(name) || Object.hasOwn(patch, name);
  });
}

function overrideChoice(value: boolean | null): string {
  return value === null ? '' : value ? 'yes' : 'no';
}

function overrideOf(choice: unknown): boolean | null {
  return choice === '' ? null : choice === 'yes';
}
