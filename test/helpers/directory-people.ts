import { createHash } from 'node:crypto';
import type { DirectoryUser } from '../../src/core/directory/directory.ts';
import { inventPerson } from '../servers/people.ts';

export const staffDn = 'OU=Staff,DC=memory,DC=contoso,DC=test';

/** A person of a directory with nothing but a name; the same name always has the same directory id. */
export function person(name: string, changes: Partial<DirectoryUser> = {}): DirectoryUser {
  return {
    directoryId: directoryIdOf(name),
    dn: `CN=${name},${staffDn}`,
    username: name,
    accountName: name,
    firstName: null,
    lastName: null,
    email: null,
    userGroup: null,
    description: null,
    phones: {},
    extension: null,
    languagePhoneCall: null,
    languageTextMessage: null,
    languageMobileApp: null,
    languageOathToken: null,
    isAccountEnabled: true,
    ...changes,
  };
}

/** People as a company has them, with names, e-mail and phones. */
export function people(count: number): DirectoryUser[] {
  return Array.from({ length: count }, (_, index) => {
    const { login, givenName, surname, mail, telephoneNumber, mobile } = inventPerson(index);
    return person(login, {
      firstName: givenName,
      lastName: surname,
      email: mail,
      phones: { mobile, business: telephoneNumber },
    });
  });
}

/** A GUID that belongs to a name. */
export function directoryIdOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
