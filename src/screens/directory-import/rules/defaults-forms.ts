import { defaultPolicies, type ImportRules } from '../../../core/import/import-rules.ts';
import { defaultMode, type Language, languageNames, languages } from '../../../core/users/method.ts';
import { userLabels } from '../../users/field-text.ts';
import { chosenMethod, methodChoice, methodOptions } from '../../users/method-choice.ts';
import type { ChoiceFieldSpec, FormValues } from '../../widgets/form/field.ts';
import type { FormDialogOptions } from '../../widgets/form-dialog/form-dialog.ts';

type Policy = ImportRules['methodPolicy'];

export const policyNames: Record<Policy, string> = {
  setOnce: 'set once',
  keepInStep: 'keep in step',
};

function policyField(id: 'methodPolicy' | 'languagePolicy', label: string): ChoiceFieldSpec {
  return {
    kind: 'choice',
    id,
    label,
    help: 'Set once: for new users. Keep in step: at every update, too.',
    options: defaultPolicies.map((policy) => ({ id: policy, label: policyNames[policy] })),
  };
}

const companyDefault = { id: '', label: 'as the company settings say' };

export const methodFields: readonly ChoiceFieldSpec[] = [
  { kind: 'choice', id: 'method', label: 'Method and mode', options: [companyDefault, ...methodOptions] },
  policyField('methodPolicy', 'Method is'),
];

export function methodValues({ method, mode, methodPolicy }: ImportRules): FormValues {
  return {
    method: methodChoice(method, method === null ? null : (mode ?? defaultMode(method))),
    methodPolicy,
  };
}

/** The method and mode that users get. */
export function methodForm(rules: ImportRules): FormDialogOptions {
  return { title: 'Method defaults', fields: methodFields, values: methodValues(rules), label: 'Accept' };
}

export function withMethod(rules: ImportRules, values: FormValues): ImportRules {
  const { method, mode } = chosenMethod(values.method) ?? { method: null, mode: null };
  return { ...rules, method, mode, methodPolicy: policyOf(values.methodPolicy) };
}

const languageFieldNames = [
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
] as const;
type LanguageField = (typeof languageFieldNames)[number];

const languageOptions = [
  { id: '', label: 'default' },
  ...languages.map((id) => ({ id, label: languageNames[id] })),
];

export const languageFields: readonly ChoiceFieldSpec[] = [
  ...languageFieldNames.map(
    (id): ChoiceFieldSpec => ({ kind: 'choice', id, label: userLabels[id], options: languageOptions }),
  ),
  policyField('languagePolicy', 'Languages are'),
];

export function languageValues(rules: ImportRules): FormValues {
  return {
    ...Object.fromEntries(languageFieldNames.map((id) => [id, rules[id] ?? ''])),
    languagePolicy: rules.languagePolicy,
  };
}

/** The language of each method, for those whose language the directory does not say. */
export function languagesForm(rules: ImportRules): FormDialogOptions {
  return {
    title: 'Language defaults',
    text: 'For users whose language the directory does not say.',
    fields: languageFields,
    values: languageValues(rules),
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
    languagePolicy: policyOf(values.languagePolicy),
  };
}

function policyOf(policy: unknown): Policy {
  return defaultPolicies.find((id) => id === policy) ?? 'setOnce';
}
