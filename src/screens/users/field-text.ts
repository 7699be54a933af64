import { methodNames, modeNames } from '../../core/users/method.ts';
import type { UserFields } from '../../core/users/user.ts';

/** The fields of a user as administrators read them. */
export const userLabels: Readonly<Record<keyof UserFields, string>> = {
  username: 'Username',
  firstName: 'First name',
  lastName: 'Last name',
  email: 'E-mail',
  userGroup: 'User group',
  description: 'Description',
  phone: 'Phone',
  extension: 'Extension',
  backupPhone: 'Backup phone',
  backupExtension: 'Backup extension',
  method: 'Method',
  mode: 'Mode',
  languagePhoneCall: 'Phone call language',
  languageTextMessage: 'Text message language',
  languageMobileApp: 'Mobile app language',
  languageOathToken: 'OATH token language',
  enabled: 'Enabled',
  pinMustChange: 'PIN must be changed',
  mayChangePhone: 'May change phone',
  mayChangePin: 'May change PIN',
  whenDisabled: 'When disabled',
  localFields: 'Kept as set here',
};

/** The label of a field by a name that came from elsewhere, such as an audit event. */
export function labelOf(name: string): string {
  return Object.hasOwn(userLabels, name) ? userLabels[name as keyof UserFields] : name;
}

/** "Phone" as "phone"; words in capitals stay so. */
function inSentence(label: string): string {
  return label.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase());
}

/** A value as an administrator reads it. */
export function valueText(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map((one) => inSentence(labelOf(String(one)))).join(', ') || '-';
  const names: Record<string, Record<string, string>> = { method: methodNames, mode: modeNames };
  return names[name]?.[String(value)] ?? String(value);
}
