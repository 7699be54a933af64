import type { UserFields } from '../../users/user.ts';
import type { UserMailKind } from '../templates/template-key.ts';

/** To whom an import sends mail. */
export const sendEmailRules = ['never', 'newUsers', 'newAndUpdatedUsers'] as const;
export type SendEmailRule = (typeof sendEmailRules)[number];

/** What mails tell of. A change of anything else, such as the place in the directory, is no reason to write. */
const toldFields: ReadonlySet<string> = new Set([
  'username',
  'email',
  'phone',
  'extension',
  'backupPhone',
  'backupExtension',
  'method',
  'mode',
  'enabled',
] satisfies (keyof UserFields)[]);

/** The mail to a user who is new: whose phone is not known yet is asked to enrol. */
export function kindForNewUser({ phone }: Pick<UserFields, 'phone'>): UserMailKind {
  return phone === null ? 'userEnrollment' : 'newUser';
}

/** Whether a line of a run means a mail. @param fields the names of the changed ones */
export function isMailDue(rule: SendEmailRule, change: string, fields: readonly string[]): boolean {
  if (rule === 'never') return false;
  if (change === 'added') return true;
  return change === 'updated' && rule === 'newAndUpdatedUsers' && fields.some((name) => toldFields.has(name));
}
