import { isLanguage, type Language } from '../users/method.ts';
import type { DirectoryType, DirectoryUser, UnusableEntry } from './directory.ts';
import { formatDirectoryId, type IdentifierType } from './directory-id.ts';

/** The fields that are read from a directory; each maps to an attribute name, or to `''` for none. */
export const attributeFields = [
  'uniqueIdentifier',
  'uniqueIdentifierType',
  'distinguishedName',
  'containerName',
  'securityGroupName',
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
  'business',
  'home',
  'pager',
  'mobile',
  'fax',
  'ipPhone',
  'custom',
  'extension',
] as const;
export type AttributeField = (typeof attributeFields)[number];

/**
 * Attribute names by field. `username` may name two separated by `;`: the second is used when the first is
 * empty. `uniqueIdentifierType` holds an {@link IdentifierType} instead of a name.
 */
export type AttributeMap = Record<AttributeField, string>;

const activeDirectoryAttributes: AttributeMap = {
  uniqueIdentifier: 'objectGUID',
  uniqueIdentifierType: 'guid',
  distinguishedName: 'distinguishedName',
  containerName: 'name',
  securityGroupName: 'name',
  username: 'userPrincipalName;sAMAccountName',
  firstName: 'givenName',
  lastName: 'sn',
  email: 'mail',
  userGroup: '',
  description: 'description',
  languagePhoneCall: '',
  languageTextMessage: '',
  languageMobileApp: '',
  languageOathToken: '',
  business: 'telephoneNumber',
  home: 'homePhone',
  pager: 'pager',
  mobile: 'mobile',
  fax: 'facsimileTelephoneNumber',
  ipPhone: 'ipPhone',
  custom: '',
  extension: '',
};

const defaultAttributes: Record<DirectoryType, AttributeMap> = {
  activeDirectory: activeDirectoryAttributes,
  sample: activeDirectoryAttributes,
  ldap: {
    ...activeDirectoryAttributes,
    uniqueIdentifier: 'entryUUID',
    uniqueIdentifierType: 'text',
    distinguishedName: 'entryDN',
    containerName: 'ou;cn',
    securityGroupName: 'cn',
    username: 'uid',
    ipPhone: '',
  },
};

/** The defaults of a directory type with the administrator's changes on top. */
export function attributeMap(type: DirectoryType, changes: Readonly<Record<string, string>>): AttributeMap {
  return { ...defaultAttributes[type], ...changes };
}

/** What an entry looks like before it is mapped; attributes without a value may be there as undefined. */
export type RawEntry = { dn: string } & Record<string, RawValue>;
export type RawValue = string | Buffer | string[] | Buffer[];

/** The attribute of AD whose bit 2 says that the account is disabled. */
export const accountControlAttribute = 'userAccountControl';
const accountDisabledBit = 2;

/** Turns entries into users, with one attribute map. Made once for many entries. */
export class AttributeMapper {
  /** The attributes to ask the server for. */
  readonly attributes: readonly string[];
  readonly #map: AttributeMap;
  readonly #usernames: readonly string[];
  /** Lower-case attribute names by the server's spelling, learned as they come. */
  readonly #spellings = new Map<string, string>();

  constructor(map: AttributeMap) {
    this.#map = map;
    this.#usernames = names(map.username);
    const wanted = Object.entries(map)
      .filter(([field]) => !['uniqueIdentifierType', 'containerName', 'securityGroupName'].includes(field))
      .flatMap(([, attribute]) => names(attribute));
    this.attributes = [...new Set([...wanted, accountControlAttribute])];
  }

  /** The user, or why the entry cannot be one. */
  map(entry: RawEntry): { user: DirectoryUser } | { unusable: UnusableEntry } {
    const values = this.#byLowerCase(entry);
    const identifier = values.get(this.#map.uniqueIdentifier.toLowerCase());
    const directoryId = formatDirectoryId(identifier, this.#map.uniqueIdentifierType as IdentifierType);
    if (directoryId === null) {
      return {
        unusable: {
          dn: entry.dn,
          reason: `it has no readable ${this.#map.uniqueIdentifier}, by which a person is recognized`,
        },
      };
    }
    const text = (attribute: string) =>
      attribute === '' ? null : firstText(values.get(attribute.toLowerCase()));
    const map = this.#map;
    const [first = '', second = ''] = this.#usernames;
    const phones: DirectoryUser['phones'] = {};
    for (const source of ['mobile', 'business', 'home', 'pager', 'fax', 'ipPhone', 'custom'] as const) {
      const number = text(map[source]);
      if (number !== null) phones[source] = number;
    }
    const accountName = text(second);
    return {
      user: {
        directoryId,
        dn: entry.dn,
        username: text(first) ?? accountName,
        accountName,
        firstName: text(map.firstName),
        lastName: text(map.lastName),
        email: text(map.email),
        userGroup: text(map.userGroup),
        description: text(map.description),
        phones,
        extension: text(map.extension),
        languagePhoneCall: language(text(map.languagePhoneCall)),
        languageTextMessage: language(text(map.languageTextMessage)),
        languageMobileApp: language(text(map.languageMobileApp)),
        languageOathToken: language(text(map.languageOathToken)),
        isAccountEnabled: (Number(text(accountControlAttribute) ?? 0) & accountDisabledBit) === 0,
      },
    };
  }

  #byLowerCase(entry: RawEntry): Map<string, RawValue> {
    const values = new Map<string, RawValue>();
    for (const spelling in entry) {
      let name = this.#spellings.get(spelling);
      if (name === undefined) {
        name = spelling.toLowerCase();
        this.#spellings.set(spelling, name);
      }
      const value = entry[spelling];
      if (value !== undefined) values.set(name, value);
    }
    return values;
  }
}

function names(list: string): string[] {
  return list
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The first value that is not blank; bytes are read as UTF-8. */
function firstText(value: RawValue | undefined): string | null {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  if (value === undefined) return null;
  if (Buffer.isBuffer(value)) return firstText(value.toString('utf8'));
  for (const one of value) {
    const text = firstText(one);
    if (text !== null) return text;
  }
  return null;
}

function language(text: string | null): Language | null {
  const code = text?.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLanguage(code) ? code : null;
}
