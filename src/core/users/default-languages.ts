import type { CompanySettings } from '../settings/company-settings.ts';
import type { UserFields } from './user.ts';

/** By method. */
export type Languages = Pick<
  UserFields,
  'languagePhoneCall' | 'languageTextMessage' | 'languageMobileApp' | 'languageOathToken'
>;

/** The languages that a new user has where none were said. */
export function defaultLanguages(settings: CompanySettings): Languages {
  const { languagePhoneCall, languageTextMessage, languageMobileApp, languageOathToken } = settings;
  return { languagePhoneCall, languageTextMessage, languageMobileApp, languageOathToken };
}
