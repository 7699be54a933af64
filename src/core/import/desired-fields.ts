import type { AttributeMap } from '../directory/attributes.ts';
import type { DirectoryUser } from '../directory/directory.ts';
import type { CompanySettings } from '../settings/company-settings.ts';
import { defaultMode } from '../users/method.ts';
import { isExtension, type ParsedPhone, parsePhone, shorten } from '../users/phone.ts';
import { emptyUserFields, type User, type UserFields } from '../users/user.ts';
import type { ImportRules } from './import-rules.ts';

const decisiveSettings = [
  'defaultCountry',
  'defaultMethod',
  'defaultMode',
  'keepPhoneInStep',
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
] as const;

/** Those of the company settings that decide how a user comes to look. */
export type ImportSettings = Pick<CompanySettings, (typeof decisiveSettings)[number]>;

/** Without the others, whose change changes no user. */
export function importSettings(settings: CompanySettings): ImportSettings {
  return Object.fromEntries(decisiveSettings.map((name) => [name, settings[name]])) as ImportSettings;
}

/** What decides, beside the directory's own data, how a user comes to look. */
export interface ImportContext {
  rules: ImportRules;
  settings: ImportSettings;
  /** Which fields the directory speaks about. */
  attributes: AttributeMap;
  /** The synchronization item that takes whom it finds; left out in an import. */
  item?: ItemContext;
}

export interface ItemContext {
  id: number;
}

/** Fields as they should be, with notes on what could not be taken over. */
export interface Desired<Fields> {
  fields: Fields;
  notes: string[];
}

/** A user who is not known yet. The directory user has a username. */
export function desiredForNew(person: DirectoryUser, context: ImportContext): Desired<UserFields> {
  const { rules, settings } = context;
  const notes: string[] = [];
  const method = rules.method ?? settings.defaultMethod;
  const fields: UserFields = {
    ...emptyUserFields,
    username: person.username ?? '',
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    userGroup: person.userGroup,
    description: person.description,
    ...phoneFields(person, context, notes),
    method,
    mode: method === null ? null : modeFor(method, context),
    languagePhoneCall: person.languagePhoneCall ?? rules.languagePhoneCall ?? settings.languagePhoneCall,
    languageTextMessage:
      person.languageTextMessage ?? rules.languageTextMessage ?? settings.languageTextMessage,
    languageMobileApp: person.languageMobileApp ?? rules.languageMobileApp ?? settings.languageMobileApp,
    languageOathToken: person.languageOathToken ?? rules.languageOathToken ?? settings.languageOathToken,
  };
  fields.enabled = isEnabledWhenNew(person, fields, rules, notes);
  return { fields, notes };
}

/** A known user as the directory and the rules want them; fields that are kept local stay as they are. */
export function desiredForKnown(
  person: DirectoryUser,
  user: User,
  context: ImportContext,
): Desired<Partial<UserFields>> {
  const { rules, settings, attributes } = context;
  const notes: string[] = [];
  if (person.isAccountEnabled === null && user.absence === 'accountDisabled') {
    notes.push('whether the account is still disabled in the directory cannot be read');
  }
  const wanted: Partial<UserFields> = {};
  if (person.username !== null) wanted.username = person.username;
  for (const field of ['firstName', 'lastName', 'email', 'userGroup', 'description'] as const) {
    if (attributes[field] !== '') wanted[field] = person[field];
  }
  const phones = phoneFields(person, context, notes);
  for (const field of ['phone', 'backupPhone'] as const) {
    // An extension belongs to its number: one that stays as it is does not get that of another.
    const stays = user.localFields.includes(field) || (!settings.keepPhoneInStep && user[field] !== null);
    if (stays) continue;
    const extension = field === 'phone' ? 'extension' : 'backupExtension';
    if (phones[field] !== undefined) wanted[field] = phones[field];
    if (phones[extension] !== undefined) wanted[extension] = phones[extension];
  }
  for (const field of [
    'languagePhoneCall',
    'languageTextMessage',
    'languageMobileApp',
    'languageOathToken',
  ] as const) {
    const language = person[field] ?? (rules.languagePolicy === 'keepInStep' ? rules[field] : null);
    if (language !== null) wanted[field] = language;
  }
  for (const field of user.localFields) delete wanted[field];
  if (rules.methodPolicy === 'keepInStep' && rules.method !== null) {
    wanted.method = rules.method;
    wanted.mode = modeFor(rules.method, context);
  }
  // Synchronization enables only whom it disabled itself, which its membership knows.
  const mayEnable = context.item === undefined && !isAccountDisabled(person, user);
  if (rules.enable === 'newAndUpdatedWithPhone' && mayEnable) {
    const phone = wanted.phone === undefined ? user.phone : wanted.phone;
    if (phone !== null) wanted.enabled = true;
  }
  return { fields: wanted, notes };
}

/** Whether the account is disabled as far as is known: what cannot be read any more is as it was. */
export function isAccountDisabled(
  { isAccountEnabled }: DirectoryUser,
  { absence }: Pick<User, 'absence'>,
): boolean {
  return isAccountEnabled === null ? absence === 'accountDisabled' : !isAccountEnabled;
}

function modeFor(method: NonNullable<UserFields['method']>, { rules, settings }: ImportContext) {
  if (rules.method === method && rules.mode !== null) return rules.mode;
  if (rules.method === null && settings.defaultMode !== null) return settings.defaultMode;
  return defaultMode(method);
}

function isEnabledWhenNew(
  person: DirectoryUser,
  fields: UserFields,
  rules: ImportRules,
  notes: string[],
): boolean {
  if (rules.enable === 'never') return false;
  if (person.isAccountEnabled === false) {
    notes.push('added as disabled, because the account is disabled in the directory');
    return false;
  }
  return rules.enable === 'always' || fields.phone !== null;
}

type PhoneFields = Partial<Pick<UserFields, 'phone' | 'extension' | 'backupPhone' | 'backupExtension'>>;

/**
 * The phones that the rules ask for and the directory speaks about. A number that is not valid is noted, and its
 * fields are left out.
 */
function phoneFields(person: DirectoryUser, context: ImportContext, notes: string[]): PhoneFields {
  const { rules, settings, attributes } = context;
  const fields: PhoneFields = {};
  if (rules.phone !== 'none' && attributes[rules.phone] !== '') {
    const number = readPhone(person, rules.phone, settings, notes);
    if (number !== null) {
      fields.phone = number.phone;
      const own = attributes.extension === '' ? null : readExtension(person.extension, notes);
      fields.extension = number.extension ?? own;
    }
  }
  if (rules.backupPhone !== 'none' && attributes[rules.backupPhone] !== '') {
    const number = readPhone(person, rules.backupPhone, settings, notes);
    if (number !== null) {
      fields.backupPhone = number.phone;
      fields.backupExtension = number.extension;
    }
  }
  return fields;
}

/** The number of an attribute; both parts null when it is empty, null as a whole when it is not valid. */
function readPhone(
  person: DirectoryUser,
  source: Exclude<ImportRules['phone'], 'none'>,
  settings: ImportSettings,
  notes: string[],
): ParsedPhone | { phone: null; extension: null } | null {
  const text = person.phones[source];
  if (text === undefined) return { phone: null, extension: null };
  const parsed = parsePhone(text, settings.defaultCountry);
  if (!('problem' in parsed)) return parsed;
  notes.push(`the ${source} phone was not taken over: "${shorten(text)}" ${parsed.problem}`);
  return null;
}

function readExtension(text: string | null, notes: string[]): string | null {
  if (text === null || isExtension(text)) return text;
  notes.push(`the extension was not taken over: "${shorten(text)}" has more than digits, commas, * and #`);
  return null;
}
