import { mailKindNames, type TemplateKey } from '../../../core/email/templates/template-key.ts';
import { languageNames, methodNames, modeNames } from '../../../core/users/method.ts';

/** "Phone call, PIN: New User, German". */
export function templateTitle({ method, mode, kind, language }: TemplateKey): string {
  return `${methodNames[method]}, ${modeNames[mode]}: ${mailKindNames[kind]}, ${languageNames[language]}`;
}
