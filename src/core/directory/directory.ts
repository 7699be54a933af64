import type { Language } from '../users/method.ts';
import type { ChangeCursor, ChangeKind, ChangeWay, FullRunNeeded, WatchedGroup } from './changes.ts';

/** Where a directory's users, containers and groups come from. */
export const directoryTypes = ['sample', 'activeDirectory', 'ldap'] as const;
export type DirectoryType = (typeof directoryTypes)[number];

/** The types as administrators read them. */
export const directoryNames: Record<DirectoryType, string> = {
  sample: 'Sample directory',
  activeDirectory: 'Active Directory',
  ldap: 'LDAP',
};

/** An OU or container in the tree. */
export interface Container {
  dn: string;
  name: string;
  directoryId: string;
  /** Users directly in it and in everything below. */
  users: number;
  hasChildren: boolean;
}

export interface SecurityGroup {
  dn: string;
  name: string;
  directoryId: string;
  description: string | null;
}

/** The phone attributes that an import may take a number from. */
export const phoneSources = ['mobile', 'business', 'home', 'pager', 'fax', 'ipPhone', 'custom'] as const;
export type PhoneSource = (typeof phoneSources)[number];

/** A person as the directory describes them, already mapped to our words; texts are as the directory has them. */
export interface DirectoryUser {
  /** objectGUID in Microsoft's order or entryUUID, lower case. */
  directoryId: string;
  dn: string;
  /** Null when neither username attribute has a value. */
  username: string | null;
  /** The second username attribute (sAMAccountName), by which a person may also be named; null when absent. */
  accountName: string | null;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  userGroup: string | null;
  description: string | null;
  phones: Partial<Record<PhoneSource, string>>;
  extension: string | null;
  languagePhoneCall: Language | null;
  languageTextMessage: Language | null;
  languageMobileApp: Language | null;
  languageOathToken: Language | null;
  /**
   * False when the directory has the account disabled (userAccountControl bit 2); null when it says nothing of that,
   * as servers other than Active Directory do, and those that do not let it be read.
   */
  isAccountEnabled: boolean | null;
  /** See {@link personDigest}; there when the reader has made it already. */
  digest?: string;
}

/** What is taken from a directory. `userFilter` narrows it further; both filters are RFC 4515 text. */
export type Selection =
  | SingleSelection
  /** All of these, one after the other; who is in several of them is taken once. */
  | { scope: 'several'; selections: readonly SingleSelection[] };

export type SingleSelection = { userFilter?: string } & (
  | { scope: 'users' /** Directory ids, DNs or usernames. */; names: readonly string[] }
  | { scope: 'container'; dn: string /** Else only what is directly in it. */; includeSubtree: boolean }
  | { scope: 'group'; dn: string /** Members of groups in the group, too. */; isRecursive: boolean }
  | { scope: 'filter'; filter: string }
);

export interface ListingOptions {
  signal?: AbortSignal;
}

/** An entry by one of its two names. */
export type EntryName = { readonly dn: string } | { readonly directoryId: string };

export interface EntryOptions extends ListingOptions {
  /** Also outside of the base DN, as far as the server holds more. */
  isAnywhere?: boolean;
}

/** An entry of any kind, by both. */
export interface NamedEntry {
  readonly dn: string;
  readonly directoryId: string;
}

export interface UserListingOptions extends ListingOptions {
  /** Only those of the selection who have one of these directory ids. */
  among?: readonly string[];
}

/** One page of users, with what could not be turned into one. */
export interface DirectoryPage {
  readonly users: DirectoryUser[];
  /** Entries that are no usable user, each with the reason, such as members from another domain. */
  readonly unusable: UnusableEntry[];
  /** How many both are together, where that is known before they are looked at. */
  readonly size?: number;
}

export interface UnusableEntry {
  dn: string;
  reason: string;
  /** It may be somebody whom we know, and only cannot be read as one. */
  isHidden?: boolean;
}

export interface SearchResult {
  users: DirectoryUser[];
  /** The filter that finds the same people, however many there are. */
  filter: string;
  /** There are more users than the limit let through. */
  hasMore: boolean;
  /** How many there are, where the directory counted them. */
  total?: number;
}

/** What changed, by directory ids. It says whom to look at, and nothing of what they are now. */
export interface ChangedEntries {
  readonly isFullRunNeeded: false;
  readonly way: ChangeWay;
  /** The address of the server that is read; another one may know less. */
  readonly server: string;
  /** What is new or has changed, users or not; also people below a container that was renamed or moved. */
  readonly changed: readonly string[];
  /** What the directory has marked as deleted, users or not. */
  readonly deleted: readonly string[];
  /** Those of them that were groups, or may have been: who was in one in a group may be out of that, too. */
  readonly deletedGroups: readonly string[];
  /** Which of the watched groups may have other members: who is in them has to be asked anew. */
  readonly groups: readonly WatchedGroup[];
  /** Where to go on the next time. */
  readonly next: ChangeCursor;
}

export type Changes = FullRunNeeded | ChangedEntries;

export interface ChangeOptions extends ListingOptions {
  /** Further filters (RFC 4515) that decide who is selected: those of the synchronization items. */
  readonly filters: readonly string[];
  /** The groups of the synchronization items. */
  readonly groups: readonly WatchedGroup[];
  /** People whom the items have found, by their latest DNs; null when these are not all known. */
  readonly people: (() => Iterable<NamedEntry>) | null;
  /** Ways that are not to be used, for a server that is known to do them wrongly. Left out: none. */
  readonly without?: readonly ChangeKind[] | undefined;
  /** When more has changed, everything is to be read instead. */
  readonly most: number;
  readonly now: Date;
}

/**
 * A source of people. Every listing either completes or throws; a caller may take its end as "that was all".
 * Errors are `MfaError` with codes `directory.*`; a listing that was cut short throws
 * `directory.listingIncomplete`.
 */
export interface Directory {
  readonly type: DirectoryType;
  /** For people: the domain or server, such as `corp.contoso.test`. */
  readonly label: string;
  readonly baseDn: string;
  /** When the certificate of the server expires. ISO 8601 UTC; null without encryption. */
  readonly certificateExpiresAt: string | null;
  /** The containers directly below a DN (the base DN when left out), sorted by name, with counts of users. */
  containers(parentDn?: string, options?: ListingOptions): Promise<Container[]>;
  /** Security groups whose name contains the text, sorted by name. */
  groups(text?: string, options?: ListingOptions): Promise<SecurityGroup[]>;
  /** Users whose name, username or e-mail contains the text, or who match it when it is a filter `(...)`. */
  search(text: string, limit: number, options?: ListingOptions): Promise<SearchResult>;
  /**
   * All users of the selection, page by page, each user once.
   * @throws {MfaError} `directory.entryNotFound` for a container, group or named user that does not exist
   */
  users(selection: Selection, options?: UserListingOptions): AsyncIterable<DirectoryPage>;
  /**
   * What changed since a cursor, or why everything has to be read and where changes begin after that. From then on
   * every question goes to the server that told of them, until the directory is closed.
   * @param cursor of the last run; null when there is none
   */
  changes(cursor: ChangeCursor | null, options: ChangeOptions): Promise<Changes>;
  /** The entry of a DN, or the one that has a directory id wherever it is now; null when there is none to be seen. */
  findEntry(name: EntryName, options?: EntryOptions): Promise<NamedEntry | null>;
  /**
   * Makes sure that containers, or what is left above them, show what is in them: who is missing from one that hides
   * its content may be there all the same.
   * @returns those that are not to be seen themselves: gone, or hidden
   * @throws {MfaError} `directory.listingIncomplete`
   */
  requireVisible(containerDns: readonly string[], options?: ListingOptions): Promise<ReadonlySet<string>>;
  /** Which of some DNs lead to an entry whose directory id cannot be read: it may be anybody. */
  unidentifiedAmong(dns: readonly string[], options?: ListingOptions): Promise<ReadonlySet<string>>;
  /**
   * Which of some entries the directory itself calls deleted. Who is not among them may be gone all the same: only
   * Active Directory keeps account of it, for those who may read that.
   */
  deletedAmong(directoryIds: readonly string[], options?: ListingOptions): Promise<ReadonlySet<string>>;
  /** How many users the selection has; for a progress display. */
  count(selection: Selection, options?: ListingOptions): Promise<number>;
  close(): Promise<void>;
}
