import { isLanguage, type Language } from '../users/method.ts';
import {
  type DirectoryType,
  type DirectoryUser,
  type PhoneSource,
  phoneSources,
  type UnusableEntry,
} from './directory.ts';
import { formatDirectoryId, type IdentifierType, type RawValue } from './directory-id.ts';

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
/** The attribute of AD whose bit 2 says that the account is disabled. */
export const accountControlAttribute = 'userAccountControl';
const accountDisabledBit = 2;

/** Fields that are no attributes of a person to ask for; the DN comes with every entry. */
const notAsked: readonly string[] = [
  'uniqueIdentifierType',
  'distinguishedName',
  'containerName',
  'securityGroupName',
];

/** Turns entries into users, with one attribute map. Made once for many entries. */
export class AttributeMapper {
  /** The attributes to ask the server for. */
  readonly attributes: readonly string[];
  readonly #map: AttributeMap;
  readonly #usernames: readonly string[];
  readonly #phones: readonly (readonly [PhoneSource, attribute: string])[];

  constructor(map: AttributeMap) {
    this.#map = map;
    this.#usernames = names(map.username);
    this.#phones = phoneSources
      .map((source) => [source, map[source]] as const)
      .filter(([, attribute]) => attribute !== '');
    const wanted = Object.entries(map)
      .filter(([field]) => !notAsked.includes(field))
      .flatMap(([, attribute]) => names(attribute));
    this.attributes = [...new Set([...wanted, accountControlAttribute])];
  }

  /** The user, or why the entry cannot be one. */
  map(entry: RawEntry): { user: DirectoryUser } | { unusable: UnusableEntry } {
    const map = this.#map;
    const identifier = valueNamed(entry, map.uniqueIdentifier);
    const directoryId = formatDirectoryId(identifier, map.uniqueIdentifierType as IdentifierType);
    if (directoryId === null) {
      return {
        unusable: {
          dn: entry.dn,
          reason: `it has no readable ${map.uniqueIdentifier}, by which a person is recognized`,
          isHidden: true,
        },
      };
    }
    const [first = '', second = ''] = this.#usernames;
    const phones: DirectoryUser['phones'] = {};
    for (const [source, attribute] of this.#phones) {
      const number = textOf(entry, attribute);
      if (number !== null) phones[source] = number;
    }
    const accountName = textOf(entry, second);
    return {
      user: {
        directoryId,
        dn: entry.dn,
        username: textOf(entry, first) ?? accountName,
        accountName,
        firstName: textOf(entry, map.firstName),
        lastName: textOf(entry, map.lastName),
        email: textOf(entry, map.email),
        userGroup: textOf(entry, map.userGroup),
        description: textOf(entry, map.description),
        phones,
        extension: textOf(entry, map.extension),
        languagePhoneCall: language(textOf(entry, map.languagePhoneCall)),
        languageTextMessage: language(textOf(entry, map.languageTextMessage)),
        languageMobileApp: language(textOf(entry, map.languageMobileApp)),
        languageOathToken: language(textOf(entry, map.languageOathToken)),
        isAccountEnabled: accountState(textOf(entry, accountControlAttribute)),
      },
    };
  }
}

function accountState(control: string | null): boolean | null {
  return control === null ? null : (Number(control) & accountDisabledBit) === 0;
}

function textOf(entry: RawEntry, attribute: string): string | null {
  return attribute === '' ? null : firstText(valueNamed(entry, attribute));
}

/** A value by its name in any case; an entry that was asked for it has the name itself, even without a value. */
function valueNamed(entry: RawEntry, attribute: string): RawValue | undefined {
  const value = entry[attribute];
  if (value !== undefined || attribute in entry) return value;
  const wanted = attribute.toLowerCase();
  for (const name in entry) if (name.toLowerCase() === wanted) return entry[name];
  return undefined;
}

function names(list: string): string[] {
  return list
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The first value that is not blank; bytes are read as UTF-8. */
function firstText(value: RawValue | undefined): string | null {
  if (typeof value === 'string') {
    const trimmed = value.trim();
    return trimmed === '' ? null : trimmed;
  }
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
