import { type DirectoryPage, type DirectoryUser, type PhoneSource, phoneSources } from '../directory.ts';
import { personDigest } from '../person-digest.ts';

/**
 * A page on its way between threads: one list for each field, because copying a few long lists costs a sixth of
 * copying thousands of objects. A phone source that nobody of the page has is left out.
 */
export interface PackedPage {
  readonly fields: { readonly [Field in PlainField]: readonly DirectoryUser[Field][] };
  readonly digests: readonly string[];
  readonly phones: Readonly<Partial<Record<PhoneSource, readonly (string | undefined)[]>>>;
  readonly unusable: DirectoryPage['unusable'];
}

type PlainField = Exclude<keyof DirectoryUser, 'phones' | 'digest'>;

export function packPage({ users, unusable }: DirectoryPage): PackedPage {
  const list = <Field extends PlainField>(field: Field) => users.map((user) => user[field]);
  const phones: Partial<Record<PhoneSource, (string | undefined)[]>> = {};
  for (const source of phoneSources) {
    if (users.some((user) => user.phones[source] !== undefined)) {
      phones[source] = users.map((user) => user.phones[source]);
    }
  }
  return {
    fields: {
      directoryId: list('directoryId'),
      dn: list('dn'),
      username: list('username'),
      accountName: list('accountName'),
      firstName: list('firstName'),
      lastName: list('lastName'),
      email: list('email'),
      userGroup: list('userGroup'),
      description: list('description'),
      extension: list('extension'),
      languagePhoneCall: list('languagePhoneCall'),
      languageTextMessage: list('languageTextMessage'),
      languageMobileApp: list('languageMobileApp'),
      languageOathToken: list('languageOathToken'),
      isAccountEnabled: list('isAccountEnabled'),
    },
    digests: users.map(personDigest),
    phones,
    unusable,
  };
}

export function unpackPage({ fields, digests, phones, unusable }: PackedPage): DirectoryPage {
  const users = fields.directoryId.map(
    (directoryId, index): DirectoryUser => ({
      directoryId,
      dn: fields.dn[index] ?? '',
      username: fields.username[index] ?? null,
      accountName: fields.accountName[index] ?? null,
      firstName: fields.firstName[index] ?? null,
      lastName: fields.lastName[index] ?? null,
      email: fields.email[index] ?? null,
      userGroup: fields.userGroup[index] ?? null,
      description: fields.description[index] ?? null,
      phones: phonesAt(phones, index),
      extension: fields.extension[index] ?? null,
      languagePhoneCall: fields.languagePhoneCall[index] ?? null,
      languageTextMessage: fields.languageTextMessage[index] ?? null,
      languageMobileApp: fields.languageMobileApp[index] ?? null,
      languageOathToken: fields.languageOathToken[index] ?? null,
      isAccountEnabled: fields.isAccountEnabled[index] ?? null,
      digest: digests[index] ?? '',
    }),
  );
  return { users, unusable };
}

function phonesAt(lists: PackedPage['phones'], index: number): DirectoryUser['phones'] {
  const phones: DirectoryUser['phones'] = {};
  for (const source of phoneSources) {
    const number = lists[source]?.[index];
    if (number !== undefined) phones[source] = number;
  }
  return phones;
}
