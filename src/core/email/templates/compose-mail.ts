import { MfaError } from '../../errors.ts';
import type { CompanySettings } from '../../settings/company-settings.ts';
import type { Languages } from '../../users/default-languages.ts';
import { defaultMode, isModeOf, type Language, type Method } from '../../users/method.ts';
import type { User } from '../../users/user.ts';
import type { MailContent } from '../mail-content.ts';
import type { MailTemplates } from './mail-templates.ts';
import type { UserMailKind, UserTemplateKey } from './template-key.ts';
import { mailValue, type TemplateValues } from './variables.ts';

/** What mails take from the company; what is empty there is left out of them. */
export type MailCompany = Pick<
  CompanySettings,
  'defaultMethod' | 'defaultMode' | 'companyName' | 'portalUrl' | keyof Languages
>;

export interface ComposeServices {
  templates: MailTemplates;
  companySettings: { load(): MailCompany };
}

export interface MailRequest {
  user: User;
  kind: UserMailKind;
  /** Only where the reader must learn it: a PIN that was just assigned. */
  pin?: string | null | undefined;
  applicationName?: string | null | undefined;
}

/**
 * The mail that a user gets: the template of their method and mode, in their language for that method, else the
 * company's, else English.
 * @throws {MfaError} `mail.noMethod` when neither the user nor the company has a method
 */
export function composeMail(services: ComposeServices, request: MailRequest): MailContent {
  const company = services.companySettings.load();
  const key = templateKeyOf(request.user, request.kind, company);
  const { source } = services.templates.load(key);
  const method = services.templates.builtIn.methodName(key.method, key.language);
  return services.templates.renderer.render(source, valuesOf(request, company, method), key.language);
}

/** Which template a mail to a user is made from. @throws {MfaError} `mail.noMethod` */
export function templateKeyOf(user: User, kind: UserMailKind, company: MailCompany): UserTemplateKey {
  const method = user.method ?? company.defaultMethod;
  if (method === null) {
    throw new MfaError('mail.noMethod', `No mail can be written to ${user.username}, who has no method.`, {
      advice: 'Set a method of the user, or defaultMethod in the company settings.',
    });
  }
  const wanted = user.method === null ? company.defaultMode : user.mode;
  const mode = wanted !== null && isModeOf(method, wanted) ? wanted : defaultMode(method);
  return { method, mode, kind, language: languageOf(user, method, company) };
}

function languageOf(user: User, method: Method, company: MailCompany): Language {
  const field = languageFields[method];
  return user[field] ?? company[field] ?? 'en';
}

const languageFields: Record<Method, keyof Languages> = {
  phoneCall: 'languagePhoneCall',
  textMessage: 'languageTextMessage',
  mobileApp: 'languageMobileApp',
  oathToken: 'languageOathToken',
};

/** What the variables stand for in a mail to a user. */
export function valuesOf(
  { user, pin, applicationName }: MailRequest,
  company: MailCompany,
  method: string,
): TemplateValues {
  return {
    username: mailValue(user.username),
    first_name: mailValue(user.firstName),
    last_name: mailValue(user.lastName),
    phone: mailValue(user.phone),
    backup_phone: mailValue(user.backupPhone),
    pin: mailValue(pin),
    company_name: mailValue(company.companyName),
    portal_url: mailValue(company.portalUrl),
    method: mailValue(method),
    application_name: mailValue(applicationName),
  };
}
