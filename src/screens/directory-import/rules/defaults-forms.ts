import { defaultPolicies, type ImportRules } from '../../../core/import/import-rules.ts';
import { defaultMode, type Language, languageNames, languages } from '../../../core/users/method.ts';
import { chosenMethod, methodChoice, methodOptions } from '../../users/method-choice.ts';
import type { ChoiceFieldSpec, FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

type Policy = ImportRules['methodPolicy'];

export const policyNames: Record<Policy, string> = {
  setOnce: 'set once',
  keepInStep: 'keep in step',
};

const policyField: ChoiceFieldSpec = {
  kind: 'choice',
  id: 'policy',
  label: 'When',
  help: 'Set once: for new users. Keep in step: at every update, too.',
  options: defaultPolicies.map((id) => ({ id, label: policyNames[id] })),
};

/** The method and mode that users get. */
export function methodForm({ method, mode, methodPolicy }: ImportRules): FormDialogOptions {
  const options = [{ id: '', label: 'as the company settings say' }, ...methodOptions];
  return {
    title: 'Method defaults',
    fields: [{ kind: 'choice', id: 'method', label: 'Method and mode', options }, policyField],
    values: {
      method: methodChoice(method, method === null ? null : (mode ?? defaultMode(method))),
      policy: methodPolicy,
    },
    label: 'Accept',
  };
}

export function withMethod(rules: ImportRules, values: FormValues): ImportRules {
  const { method, mode } = chosenMethod(values.method) ?? { method: null, mode: null };
  return { ...rules, method, mode, methodPolicy: policyOf(values) };
}

const languageFields = {
  languagePhoneCall: 'Phone call',
  languageTextMessage: 'Text message',
  languageMobileApp: 'Mobile app',
  languageOathToken: 'OATH token',
} as const;
type LanguageField = keyof typeof languageFields;
const languageFieldNames = Object.keys(languageFields) as LanguageField[];

/** The language of each method, for those whose language the directory does not say. */
export function languagesForm(rules: ImportRules): FormDialogOptions {
  const options = [
    { id: '', label: 'default' },
    ...languages.map((id) => ({ id, label: languageNames[id] })),
  ];
  return {
    title: 'Language defaults',
    text: 'For users whose language the directory does not say.',
    fields: [
      ...languageFieldNames.map(
        (id): ChoiceFieldSpec => ({ kind: 'choice', id, label: languageFields[id], options }),
      ),
      policyField,
    ],
    values: {
      ...Object.fromEntries(languageFieldNames.map((id) => [id, rules[id] ?? ''])),
      policy: rules.languagePolicy,
    },
    label: 'Accept',
  };
}

export function withLanguages(rules: ImportRules, values: FormValues): ImportRules {
  const language = (id: LanguageField): Language | null =>
    languages.find((one) => one === values[id]) ?? null;
  return {
    ...rules,
    languagePhoneCall: language('languagePhoneCall'),
    languageTextMessage: language('languageTextMessage'),
    languageMobileApp: language('languageMobileApp'),
    languageOathToken: language('languageOathToken'),
    languagePolicy: policyOf(values),
  };
}

function policyOf({ policy }: FormValues): Policy {
  return defaultPolicies.find((id) => id === policy) ?? 'setOnce';
}
