import {
  AndFilter,
  ApproximateFilter,
  EqualityFilter,
  ExtensibleFilter,
  type Filter,
  FilterParser,
  GreaterThanEqualsFilter,
  LessThanEqualsFilter,
  NotFilter,
  OrFilter,
  PresenceFilter,
  SubstringFilter,
} from 'ldapts';
import { MfaError, messageOf } from '../../errors.ts';
import { foldText } from '../../users/search-text.ts';
import type { RawEntry } from '../attributes.ts';
import type { RawValue } from '../directory-id.ts';
import { normalizeDn } from '../ldap/distinguished-name.ts';
import { firstValue } from './dn.ts';

/** Matching rules of Active Directory (MS-ADTS 3.1.1.3.4.4). */
const bitAnd = '1.2.840.113556.1.4.803';
const bitOr = '1.2.840.113556.1.4.804';
const inChain = '1.2.840.113556.1.4.1941';

/** Says whether an entry is matched. */
export type EntryTest = (entry: RawEntry) => boolean;

/** Answers memberOf "in chain": whether the entry is in the group, or in a group in it. */
export type MembershipTest = (entryDn: string, groupDn: string) => boolean;

/**
 * Compiles an LDAP filter (RFC 4515) for entries in memory. The parser is the LDAP client's; its own `matches`
 * knows neither several values nor Active Directory's matching rules.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function compileFilter(text: string, isMember: MembershipTest): EntryTest {
  let filter: Filter;
  try {
    filter = FilterParser.parseString(text.trim());
  } catch (cause) {
    throw new MfaError('directory.filterInvalid', `The filter ${text} cannot be read: ${messageOf(cause)}.`, {
      advice: 'Write it as in RFC 4515, such as (&(objectClass=user)(department=Sales)).',
      cause,
    });
  }
  return (entry) => matches(filter, entry, isMember);
}

function matches(filter: Filter, entry: RawEntry, isMember: MembershipTest): boolean {
  if (filter instanceof AndFilter) return filter.filters.every((one) => matches(one, entry, isMember));
  if (filter instanceof OrFilter) return filter.filters.some((one) => matches(one, entry, isMember));
  if (filter instanceof NotFilter) return !matches(filter.filter, entry, isMember);
  if (filter instanceof PresenceFilter) return valuesOf(entry, filter.attribute).length > 0;
  if (filter instanceof EqualityFilter || filter instanceof ApproximateFilter) {
    return valuesOf(entry, filter.attribute).some((value) => equals(filter.attribute, value, filter.value));
  }
  if (filter instanceof SubstringFilter) {
    return valuesOf(entry, filter.attribute).some((value) => hasParts(fold(value), filter));
  }
  if (filter instanceof GreaterThanEqualsFilter) {
    return valuesOf(entry, filter.attribute).some((value) => compare(value, filter.value) >= 0);
  }
  if (filter instanceof LessThanEqualsFilter) {
    return valuesOf(entry, filter.attribute).some((value) => compare(value, filter.value) <= 0);
  }
  if (filter instanceof ExtensibleFilter) return matchesRule(filter, entry, isMember);
  return false;
}

/** A rule that is not known here matches nothing, as on a server that does not support it. */
function matchesRule(filter: ExtensibleFilter, entry: RawEntry, isMember: MembershipTest): boolean {
  const { matchType, rule, value } = filter;
  if (rule === inChain) return matchType.toLowerCase() === 'memberof' && isMember(entry.dn, value);
  const mask = Number(value);
  return valuesOf(entry, matchType).some((one) => {
    if (rule === bitAnd) return (Number(one) & mask) === mask;
    if (rule === bitOr) return (Number(one) & mask) !== 0;
    return rule === '' && equals(matchType, one, value);
  });
}

function valuesOf(entry: RawEntry, attribute: string): (string | Buffer)[] {
  const wanted = attribute.toLowerCase();
  for (const name in entry) {
    if (name.toLowerCase() !== wanted || name === 'dn') continue;
    const value: RawValue | undefined = entry[name];
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }
  return [];
}

const namesOfEntries = new Set(['distinguishedname', 'memberof', 'member', 'objectcategory']);

function equals(attribute: string, value: string | Buffer, wanted: string | Buffer): boolean {
  if (Buffer.isBuffer(value)) return value.equals(Buffer.from(wanted.toString(), 'latin1'));
  const text = decode(wanted.toString());
  const name = attribute.toLowerCase();
  if (!namesOfEntries.has(name)) return fold(value) === fold(text);
  // Active Directory takes `person` for the category CN=Person,CN=Schema,...
  const isShortCategory = name === 'objectcategory' && !text.includes('=');
  return isShortCategory ? fold(firstValue(value)) === fold(text) : normalizeDn(value) === normalizeDn(text);
}

function hasParts(value: string, { initial, any, final }: SubstringFilter): boolean {
  const start = fold(decode(initial));
  const end = fold(decode(final));
  if (!value.startsWith(start)) return false;
  let from = start.length;
  for (const part of any) {
    const middle = fold(decode(part));
    const found = value.indexOf(middle, from);
    if (found < 0) return false;
    from = found + middle.length;
  }
  return value.length - end.length >= from && value.endsWith(end);
}

function compare(value: string | Buffer, wanted: string): number {
  const left = fold(value);
  const right = fold(decode(wanted));
  const difference = Number(left) - Number(right);
  if (!Number.isNaN(difference)) return difference;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Case and accents make no difference, as in Active Directory. */
function fold(value: string | Buffer): string {
  return foldText(value.toString());
}

/** The parser leaves one character per escaped byte: `\c3\bc` are the two bytes of "ü". */
function decode(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\u{fffd}') ? text : decoded;
}
