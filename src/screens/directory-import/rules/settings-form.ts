import { phoneSources } from '../../../core/directory/directory.ts';
import { sendEmailRules } from '../../../core/email/outbox/send-email-rule.ts';
import { enableRules, type ImportRules } from '../../../core/import/import-rules.ts';
import type { FieldSpec, FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

type PhoneRule = ImportRules['phone'];

export const phoneNames: Record<PhoneRule, string> = {
  mobile: 'mobile',
  business: 'business',
  home: 'home',
  pager: 'pager',
  fax: 'fax',
  ipPhone: 'IP phone',
  custom: 'custom attribute',
  none: 'none',
};

export const enableNames: Record<ImportRules['enable'], string> = {
  always: 'always',
  never: 'never',
  newWithPhone: 'new users with a phone',
  newAndUpdatedWithPhone: 'new and updated users with a phone',
};

export const sendEmailNames: Record<ImportRules['sendEmail'], string> = {
  never: 'never',
  newUsers: 'to new users',
  newAndUpdatedUsers: 'to new and updated users',
};

const phones = [...phoneSources, 'none'] as const;
const phoneOptions = phones.map((id) => ({ id, label: phoneNames[id] }));

export const settingsFields: readonly FieldSpec[] = [
  { kind: 'toggle', id: 'addNew', label: 'Add new users' },
  {
    kind: 'toggle',
    id: 'updateExisting',
    label: 'Update known users',
    help: 'Else those who came from the directory stay as they are.',
  },
  {
    kind: 'toggle',
    id: 'takeOver',
    label: 'Take over by username',
    help: 'A user made by hand with the same username follows the directory.',
  },
  { kind: 'choice', id: 'phone', label: 'Phone', options: phoneOptions },
  { kind: 'choice', id: 'backupPhone', label: 'Backup phone', options: phoneOptions },
  {
    kind: 'choice',
    id: 'enable',
    label: 'Enable',
    options: enableRules.map((id) => ({ id, label: enableNames[id] })),
  },
  {
    kind: 'choice',
    id: 'sendEmail',
    label: 'Send e-mail',
    options: sendEmailRules.map((id) => ({ id, label: sendEmailNames[id] })),
    help: 'New User, User Enrollment while no phone is known, Updated User.',
  },
];

export function settingsValues(rules: ImportRules): FormValues {
  const { addNew, updateExisting, takeOver, phone, backupPhone, enable, sendEmail } = rules;
  return { addNew, updateExisting, takeOver, phone, backupPhone, enable, sendEmail };
}

/** Who is added and changed, and what is taken from the directory. */
export function settingsForm(rules: ImportRules): FormDialogOptions {
  return {
    title: 'Settings of the import',
    fields: settingsFields,
    values: settingsValues(rules),
    label: 'Accept',
  };
}

/** The values of the form are those of the rules. */
export function withSettings(rules: ImportRules, values: FormValues): ImportRules {
  return {
    ...rules,
    addNew: values.addNew === true,
    updateExisting: values.updateExisting === true,
    takeOver: values.takeOver === true,
    phone: phones.find((id) => id === values.phone) ?? rules.phone,
    backupPhone: phones.find((id) => id === values.backupPhone) ?? rules.backupPhone,
    enable: enableRules.find((id) => id === values.enable) ?? rules.enable,
    sendEmail: sendEmailRules.find((id) => id === values.sendEmail) ?? rules.sendEmail,
  };
}
