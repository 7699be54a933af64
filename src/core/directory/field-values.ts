import type { AttributeField } from './attributes.ts';
import type { DirectoryUser } from './directory.ts';

/** The fields of which a person has a value of their own. */
export type PersonField = Exclude<
  AttributeField,
  'uniqueIdentifierType' | 'containerName' | 'securityGroupName'
>;

/** What each field gives for a person; null for nothing. */
export function fieldValues(person: DirectoryUser): Record<PersonField, string | null> {
  const { phones } = person;
  return {
    uniqueIdentifier: person.directoryId,
    distinguishedName: person.dn,
    username: person.username,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    userGroup: person.userGroup,
    description: person.description,
    languagePhoneCall: person.languagePhoneCall,
    languageTextMessage: person.languageTextMessage,
    languageMobileApp: person.languageMobileApp,
    languageOathToken: person.languageOathToken,
    business: phones.business ?? null,
    home: phones.home ?? null,
    pager: phones.pager ?? null,
    mobile: phones.mobile ?? null,
    fax: phones.fax ?? null,
    ipPhone: phones.ipPhone ?? null,
    custom: phones.custom ?? null,
    extension: person.extension,
  };
}
