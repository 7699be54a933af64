import { phoneSources } from '../../../core/directory/directory.ts';
import { enableRules, type ImportRules } from '../../../core/import/import-rules.ts';
import type { FormValues } from '../../widgets/form/field.ts';
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

const phones = [...phoneSources, 'none'] as const;
const phoneOptions = phones.map((id) => ({ id, label: phoneNames[id] }));

/** Who is added and changed, and what is taken from the directory. */
export function settingsForm(rules: ImportRules): FormDialogOptions {
  const { addNew, updateExisting, takeOver, phone, backupPhone, enable } = rules;
  return {
    title: 'Settings of the import',
    fields: [
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
    ],
    values: { addNew, updateExisting, takeOver, phone, backupPhone, enable },
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
  };
}
