import { isMfaError, MfaError } from '../errors.ts';
import { type AttributeField, attributeFields, attributeMap } from './attributes.ts';
import type { DirectorySettings } from './directory-settings.ts';
import { mixesForestAndDomain } from './forest.ts';
import { parseFilter } from './ldap/filter-text.ts';
import { parseUrl } from './ldap/server-url.ts';
import { type FilterName, filterNames, filtersIn } from './mapping.ts';

/** A setting that keeps a connection from being tried or saved. */
export interface ConnectionProblem {
  readonly setting:
    | 'urls'
    | 'discovery'
    | 'acceptsPlain'
    | `attributes.${AttributeField}`
    | `filters.${FilterName}`;
  readonly error: MfaError;
}

/** Everything that is wrong with settings by themselves, without asking a server; empty when nothing is. */
export function connectionProblems(settings: DirectorySettings): readonly ConnectionProblem[] {
  if (settings.type === 'sample') return [];
  const problems: ConnectionProblem[] = [];
  const check = (setting: ConnectionProblem['setting'], work: () => void) => {
    const error = failureOf(work);
    if (error !== null) problems.push({ setting, error });
  };
  check('urls', () => checkServers(settings));
  check('discovery', () => checkDomain(settings));
  check('acceptsPlain', () => checkEncryption(settings));
  const filters = filtersIn(settings);
  for (const name of filterNames) check(`filters.${name}`, () => parseFilter(filters[name]));
  const attributes = attributeMap(settings.type, settings.attributes);
  for (const field of attributeFields) {
    if (field !== 'uniqueIdentifierType') check(`attributes.${field}`, () => checkNames(attributes[field]));
  }
  check('attributes.uniqueIdentifier', () => checkIdentifier(settings));
  return problems;
}

/** What is wrong with a text as an LDAP filter (RFC 4515); null when nothing is. */
export function filterProblem(text: string): MfaError | null {
  return failureOf(() => parseFilter(text));
}

function checkServers({ urls, discovery }: DirectorySettings): void {
  if (urls.length === 0 && discovery === null) {
    throw new MfaError('directory.invalid', 'No directory server is named.', {
      advice: 'Name one, such as ldaps://dc1.corp.example, or the domain whose servers DNS knows.',
    });
  }
  for (const url of urls) parseUrl(url);
  if (!mixesForestAndDomain({ urls, discovery })) return;
  throw new MfaError(
    'directory.invalid',
    'Some servers would be asked for all domains of the forest (ports 3269 and 3268), and others for one.',
    { advice: 'Include trusted domains at all of them or at none: each fail-over would find other people.' },
  );
}

function checkDomain({ discovery }: DirectorySettings): void {
  if (
    discovery === null ||
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(discovery.domain)
  )
    return;
  throw new MfaError('directory.invalid', `"${discovery.domain}" is not the name of a domain.`, {
    advice: 'Write it like corp.example.',
  });
}

function checkEncryption({ urls, discovery, security, acceptsPlain }: DirectorySettings): void {
  const plain =
    urls.find((url) => /^ldap:/i.test(url)) ??
    (discovery?.protocol === 'ldap' ? discovery.domain : undefined);
  if (plain === undefined || security !== 'none' || acceptsPlain) return;
  throw new MfaError('directory.plainNotAccepted', `${plain} would be used without encryption.`, {
    advice: 'Use LDAPS or StartTLS; accept it (--accept-plain) only when nobody can listen on the network.',
  });
}

/** Names of attributes (RFC 4512 1.4), with `;` between. */
function checkNames(names: string): void {
  if (/^[\w.; -]*$/.test(names)) return;
  throw new MfaError('directory.invalid', `"${names}" is not the name of an attribute.`, {
    advice: 'Write one like telephoneNumber, or two with a ; between where the second may stand in.',
  });
}

function checkIdentifier({ attributes }: DirectorySettings): void {
  if (attributes.uniqueIdentifier !== '') return;
  throw new MfaError('directory.invalid', 'People cannot be recognized without a unique identifier.');
}

function failureOf(work: () => void): MfaError | null {
  try {
    work();
    return null;
  } catch (error) {
    if (isMfaError(error)) return error;
    throw error;
  }
}
