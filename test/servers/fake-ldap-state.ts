import type { LdapResult } from './fake-ldap-encoding.ts';
import type { FakeEntry } from './fake-ldap-entries.ts';

/** What the server does wrong. Counts of entries are those of one listing, over all its pages. */
export interface FakeLdapFaults {
  /** How every bind is answered instead of with success; see {@link bindRefusals}. */
  readonly bind?: LdapResult | 'silence';
  /** Pages, counted from 1, that come without an entry and with a cookie, as RFC 2696 allows. */
  readonly emptyPages?: readonly number[];
  /** Every page is the first one again, with the same cookie, for ever. */
  readonly repeatsCookie?: boolean;
  /** A listing with more than this many entries ends after them with result 4 (sizeLimitExceeded) and no cookie. */
  readonly sizeLimit?: number;
  /** The connection is closed in good order as soon as this many entries were sent. */
  readonly dropAfter?: number;
  /** The server falls silent as soon as this many entries were sent; the connection stays open. */
  readonly stallAfter?: number;
  /** Every search is answered with this alone, for example result 10 with a referral or 51 (busy). */
  readonly searchResult?: LdapResult;
  /** Search references (RFC 4511 section 4.5.3) that come before the end of every page. */
  readonly references?: readonly string[];
}

/** How Active Directory refuses a bind. */
export const bindRefusals = {
  /** A domain controller that demands signing or TLS, as Windows Server 2025 does. */
  strongerAuthRequired: {
    code: 8,
    message:
      '00002028: LdapErr: DSID-0C090273, comment: The server requires binds to turn on integrity checking if SSL\\TLS are not already active on the connection, data 0, v4f7c',
  },
  wrongPassword: {
    code: 49,
    message: '80090308: LdapErr: DSID-0C090449, comment: AcceptSecurityContext error, data 52e, v4563',
  },
} as const satisfies Record<string, LdapResult>;

/** What connections read from the server; all of it may change between requests. */
export interface FakeLdapState {
  entries: readonly FakeEntry[];
  faults: FakeLdapFaults;
  rootDse: FakeEntry;
  maxValRange: number;
  maxPageSize: number;
}
