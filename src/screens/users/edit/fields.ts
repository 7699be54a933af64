import type { CompanySettings } from '../../../core/settings/company-settings.ts';
import { languageNames, languages } from '../../../core/users/method.ts';
import { isCountry, parsePhone } from '../../../core/users/phone.ts';
import { pinProblem } from '../../../core/users/pin.ts';
import { type DirectoryField, directoryFields, type User } from '../../../core/users/user.ts';
import { fieldProblem } from '../../../core/users/user-input.ts';
import type { FieldSpec, FormValues } from '../../widgets/form/field.ts';
import { userLabels } from '../field-text.ts';
import { methodOptions, noMethodOption } from '../method-choice.ts';

export type EditTab = 'general' | 'advanced';

/** A field and the tab that it stands on. */
export type EditField = FieldSpec & { readonly tab: EditTab };

const company = { id: '', label: 'as the company settings say' };
const languageOptions = [
  { id: '', label: 'default' },
  ...languages.map((id) => ({ id, label: languageNames[id] })),
];
const yesOrNo = [company, { id: 'yes', label: 'yes' }, { id: 'no', label: 'no' }];

/** The id of the toggle that keeps a field as set here. */
export function localToggle(field: DirectoryField): string {
  return `local.${field}`;
}

/**
 * The fields of the edit dialog.
 * @param user null for a new one
 * @param lock null, or '' to make all of them unchangeable
 */
export function editFields(
  user: User | null,
  settings: CompanySettings,
  lock: '' | null,
): readonly EditField[] {
  const all: readonly EditField[] = [...generalFields(user, settings), ...advancedFields(user)];
  const noted = all.map((field) => withDirectoryNote(field, user));
  return lock === null ? noted : noted.map((field) => ({ ...field, lockedBecause: lock }));
}

function generalFields(user: User | null, settings: CompanySettings): readonly EditField[] {
  const tab = 'general';
  return [
    { ...text('username', tab), isRequired: true },
    text('firstName', tab),
    text('lastName', tab),
    text('email', tab),
    text('userGroup', tab),
    country('country', tab),
    phone('phone', 'country', tab),
    text('extension', tab, 'Dialled after the answer: digits, "," (a pause of one second), * and #.'),
    {
      kind: 'choice',
      id: 'method',
      label: userLabels.method,
      tab,
      options: [noMethodOption, ...methodOptions],
      help: 'Left and Right choose.',
    },
    {
      kind: 'password',
      id: 'pin',
      label: 'PIN',
      tab,
      help: `${user?.hasPin ? 'A PIN is set; empty keeps it.' : 'No PIN is set.'} Ctrl+G makes one, Ctrl+R shows it.`,
      check(value, values) {
        const problem = pinProblem(String(value), settings, phonesOf(values));
        return problem === undefined ? null : `The PIN ${problem}.`;
      },
    },
    {
      kind: 'password',
      id: 'pinAgain',
      label: 'PIN again',
      checksEmpty: true,
      tab,
      check: (value, values) => (value === values.pin ? null : 'The PINs differ.'),
    },
    {
      kind: 'toggle',
      id: 'pinMustChange',
      label: userLabels.pinMustChange,
      tab,
      help: 'At the next sign-in.',
    },
    { kind: 'toggle', id: 'enabled', label: userLabels.enabled, tab },
    {
      kind: 'toggle',
      id: 'sendEmail',
      label: 'Send e-mail',
      tab,
      help: 'When it is saved, with what the user needs to know; a PIN that is set now is in it.',
    },
  ];
}

function advancedFields(user: User | null): readonly EditField[] {
  const tab = 'advanced';
  const fields: readonly EditField[] = [
    country('backupCountry', tab),
    phone('backupPhone', 'backupCountry', tab),
    text('backupExtension', tab),
    choice('languagePhoneCall', languageOptions),
    choice('languageTextMessage', languageOptions),
    choice('languageMobileApp', languageOptions),
    choice('languageOathToken', languageOptions),
    text('description', tab),
    choice('mayChangePhone', yesOrNo),
    choice('mayChangePin', yesOrNo),
    choice('whenDisabled', [company, { id: 'fail', label: 'fail' }, { id: 'succeed', label: 'succeed' }]),
  ];
  if (user === null || user.directoryId === null) return fields;
  const toggles = directoryFields.map((field): EditField => {
    const label = `Keep ${userLabels[field].toLowerCase()}`;
    const help = 'yes: as set here. no: the directory writes it again.';
    return { kind: 'toggle', id: localToggle(field), label, tab, help };
  });
  return [...fields, ...toggles];
}

type TextField =
  | 'username'
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'userGroup'
  | 'description'
  | 'extension'
  | 'backupExtension';

function text(id: TextField, tab: EditTab, help?: string): EditField {
  const label = userLabels[id];
  return {
    kind: 'text',
    id,
    label,
    tab,
    ...(help !== undefined && { help }),
    check(value) {
      const problem = fieldProblem(id, value);
      return problem === undefined ? null : `${label} ${problem}.`;
    },
  };
}

function phone(id: 'phone' | 'backupPhone', countryField: string, tab: EditTab): EditField {
  return {
    kind: 'phone',
    id,
    label: userLabels[id],
    tab,
    help: 'Such as +14255550123; x890 behind it is the extension.',
    check(value, values) {
      const parsed = parsePhone(String(value), String(values[countryField]).toUpperCase());
      return 'problem' in parsed ? `The number ${parsed.problem}.` : null;
    },
  };
}

function country(id: 'country' | 'backupCountry', tab: EditTab): EditField {
  return {
    kind: 'text',
    id,
    label: id === 'country' ? 'Country' : 'Backup country',
    tab,
    isRequired: true,
    help: 'Of a number that is typed without +, such as US.',
    check: (value) => (isCountry(String(value).toUpperCase()) ? null : 'Type an ISO 3166 code such as US.'),
  };
}

function choice(
  id: Exclude<keyof typeof userLabels, 'localFields'>,
  options: readonly { readonly id: string; readonly label: string }[],
): EditField {
  return { kind: 'choice', id, label: userLabels[id], tab: 'advanced', options };
}

function phonesOf(values: FormValues): (string | null)[] {
  return ['phone', 'backupPhone'].map((id) => String(values[id] ?? '').replace(/[^\d+]/g, '') || null);
}

/** Says what becomes of a change to a field that the directory has given. */
function withDirectoryNote(field: EditField, user: User | null): EditField {
  const name = directoryFields.find((one) => one === field.id);
  if (name === undefined || user === null || user.directoryId === null) return field;
  const note = user.localFields.includes(name)
    ? 'Kept as set here.'
    : 'From the directory; once changed here it is kept.';
  return { ...field, help: field.help === undefined ? note : `${field.help} ${note}` };
}
