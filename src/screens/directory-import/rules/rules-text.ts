import type { ImportRules } from '../../../core/import/import-rules.ts';
import { languageNames, type Method, methodNames } from '../../../core/users/method.ts';
import { phoneNames, sendEmailNames } from './settings-form.ts';

const enableTexts: Record<ImportRules['enable'], string> = {
  always: 'enable all',
  never: 'enable nobody',
  newWithPhone: 'enable new with phone',
  newAndUpdatedWithPhone: 'enable with phone',
};

/** The rules on one line, the most important first. */
export function rulesText(rules: ImportRules): string {
  const { addNew, updateExisting, takeOver, phone, backupPhone, enable, sendEmail, method } = rules;
  const who = [
    ...(addNew ? ['add'] : []),
    ...(updateExisting ? ['update'] : []),
    ...(takeOver ? ['take over'] : []),
  ];
  const languages = new Set(
    [
      rules.languagePhoneCall,
      rules.languageTextMessage,
      rules.languageMobileApp,
      rules.languageOathToken,
    ].filter((language) => language !== null),
  );
  const [language] = languages;
  return [
    who.join(' and ') || 'neither add nor update',
    phone === 'none' ? 'no phone' : `${phoneNames[phone]} phone`,
    ...(backupPhone === 'none' ? [] : [`backup ${phoneNames[backupPhone]}`]),
    enableTexts[enable],
    ...(sendEmail === 'never' ? [] : [`mail ${sendEmailNames[sendEmail]}`]),
    ...(method === null ? [] : [methodText(rules, method)]),
    ...(language === undefined ? [] : [languages.size === 1 ? languageNames[language] : 'several languages']),
  ].join(', ');
}

function methodText({ methodPolicy }: ImportRules, method: Method): string {
  const name = methodNames[method];
  return methodPolicy === 'keepInStep' ? `${name} in step` : name;
}
