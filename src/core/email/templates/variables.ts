import { oneLine } from '../../plain-text.ts';

/**
 * What a template may speak of. A phone is given in full: the mail exists so that its reader sees a wrong digit
 * before the first call goes to a stranger, and the original's mails showed it. A company that thinks otherwise
 * writes `<$phone | slice: -4, 4$>`.
 */
export const templateVariables = [
  'username',
  'first_name',
  'last_name',
  'phone',
  'backup_phone',
  'pin',
  'company_name',
  'portal_url',
  'method',
  'application_name',
] as const;

export type TemplateVariable = (typeof templateVariables)[number];

/** What each of them stands for. */
export const variableMeanings: Record<TemplateVariable, string> = {
  username: 'what the user signs in with',
  first_name: 'first name',
  last_name: 'last name',
  phone: 'phone number, with + and country',
  backup_phone: 'phone number that is tried second',
  pin: 'the PIN, where one was just assigned',
  company_name: 'the company setting companyName',
  portal_url: 'the company setting portalUrl',
  method: 'how the second step is done, in words',
  application_name: 'the application that the mail is about',
};

/** All are there, so that only a mistyped name is unknown; what is not known is an empty text. */
export type TemplateValues = Readonly<Record<TemplateVariable, string>>;

/** A value on one line, so that it can neither end a header nor disguise the text that follows it. */
export function mailValue(value: string | null | undefined): string {
  return oneLine(value ?? '');
}

/** Values that show where each one goes: to try a template without a user. */
export const sampleValues: TemplateValues = {
  username: 'amara.lindqvist',
  first_name: 'Amara',
  last_name: 'Lindqvist',
  phone: '+14255550123',
  backup_phone: '+14255550199',
  pin: '4821',
  company_name: 'Contoso',
  portal_url: 'https://portal.contoso.test',
  method: 'phone call',
  application_name: 'VPN',
};
