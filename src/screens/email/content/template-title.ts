import { isNoticeKey, mailKindNames, type TemplateKey } from '../../../core/email/templates/template-key.ts';
import { languageNames, methodNames, modeNames } from '../../../core/users/method.ts';

export const administratorsName = 'Administrators';

/** "Phone call, PIN: New User, German". */
export function templateTitle(key: TemplateKey): string {
  const whom = isNoticeKey(key) ? administratorsName : `${methodNames[key.method]}, ${modeNames[key.mode]}`;
  return `${whom}: ${mailKindNames[key.kind]}, ${languageNames[key.language]}`;
}
