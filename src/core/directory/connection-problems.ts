import { isMfaError, MfaError } from '../errors.ts';
import { defaultFilters } from './default-filters.ts';
import type { DirectorySettings } from './directory-settings.ts';
import { parseFilter } from './ldap/filter-text.ts';
import { parseUrl } from './ldap/server-url.ts';

/** A setting that keeps a connection from being tried or saved. */
export interface ConnectionProblem {
  readonly setting: 'urls' | 'acceptsPlain' | 'attributes.uniqueIdentifier' | `filters.${FilterName}`;
  readonly error: MfaError;
}

type FilterName = keyof (typeof defaultFilters)['ldap'];

const filterNames: readonly FilterName[] = ['container', 'group', 'user'];

/** Everything that is wrong with settings by themselves, without asking a server; empty when nothing is. */
export function connectionProblems(settings: DirectorySettings): readonly ConnectionProblem[] {
  if (settings.type === 'sample') return [];
  const problems: ConnectionProblem[] = [];
  const check = (setting: ConnectionProblem['setting'], work: () => void) => {
    const error = failureOf(work);
    if (error !== null) problems.push({ setting, error });
  };
  check('urls', () => checkServers(settings));
  check('acceptsPlain', () => checkEncryption(settings));
  for (const name of filterNames) {
    check(`filters.${name}`, () =>
      parseFilter(settings.filters[name] || defaultFilters[settings.type][name]),
    );
  }
  check('attributes.uniqueIdentifier', () => checkIdentifier(settings));
  return problems;
}

function checkServers({ urls }: DirectorySettings): void {
  if (urls.length === 0) {
    throw new MfaError('directory.invalid', 'No directory server is named.', {
      advice: 'Name one, such as ldaps://dc1.corp.example.',
    });
  }
  for (const url of urls) parseUrl(url);
}

function checkEncryption({ urls, security, acceptsPlain }: DirectorySettings): void {
  const plain = urls.find((url) => /^ldap:/i.test(url));
  if (plain === undefined || security !== 'none' || acceptsPlain) return;
  throw new MfaError('directory.plainNotAccepted', `${plain} would be used without encryption.`, {
    advice: 'Use LDAPS or StartTLS; accept it (--accept-plain) only when nobody can listen on the network.',
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
