import { MfaError } from '../../errors.ts';
import { plainText } from '../../plain-text.ts';
import type { DirectoryUser } from '../directory.ts';
import { domainOf, isDn, normalizeDn } from './distinguished-name.ts';
import { allOf, anyOf, escapeValue } from './filter-text.ts';
import { hasId } from './identity-filter.ts';
import type { LdapSource } from './ldap-source.ts';
import { domainCalled } from './named-domain.ts';

const namesPerQuestion = 50;
const guidText = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface NamedUsersSource extends LdapSource {
  /** What makes an entry a user of the selection. */
  readonly userFilter: string;
}

/**
 * The users with these names, each once: directory ids, DNs, usernames of either username attribute, or
 * `DOMAIN\account`. All names are looked up before any user is returned.
 * @throws {MfaError} `directory.entryNotFound` for a name that nobody has; `directory.invalid` for one that
 *   several people have
 */
export async function namedUsers(
  source: NamedUsersSource,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<DirectoryUser[]> {
  const users = new Map<string, DirectoryUser>();
  const wanted = [...new Set(names.map((name) => name.trim()))];
  for (let start = 0; start < wanted.length; start += namesPerQuestion) {
    const some = wanted.slice(start, start + namesPerQuestion);
    const asked = await Promise.all(some.map((name) => question(source, name, signal)));
    const answers = await ask(source, asked, signal);
    for (const { name, filter, isAnswer, mayBeAnswer = () => true } of asked) {
      let found = answers.filter(isAnswer);
      // The server may know more ways to write a name than we compare, such as without accents.
      if (found.length === 0) found = (await ask(source, [{ filter }], signal)).filter(mayBeAnswer);
      const [user, another] = found;
      if (user === undefined) throw notFound(name);
      if (another !== undefined) throw ambiguous(name, found);
      users.set(user.directoryId, user);
    }
  }
  return [...users.values()];
}

interface Question {
  name: string;
  filter: string;
  isAnswer: (user: DirectoryUser) => boolean;
  /** What must be so of whom the filter finds, however their name is written; left out: nothing. */
  mayBeAnswer?: (user: DirectoryUser) => boolean;
}

async function question(
  source: NamedUsersSource,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Question> {
  const { map, rootDse } = source;
  if (guidText.test(name)) {
    const id = name.toLowerCase();
    return { name, filter: hasId(map, id), isAnswer: (user) => user.directoryId === id };
  }
  if (name.includes('=') && isDn(name)) {
    const dn = normalizeDn(name);
    const attribute = rootDse.isActiveDirectory ? 'distinguishedName' : 'entryDN';
    return {
      name,
      filter: `(${attribute}=${escapeValue(name)})`,
      isAnswer: (user) => normalizeDn(user.dn) === dn,
    };
  }
  const [usernameAttribute = '', accountAttribute = usernameAttribute] = map.username
    .split(';')
    .map((attribute) => attribute.trim())
    .filter((attribute) => attribute !== '');
  const [, domain, account] = /^([^\\]+)\\([^\\]+)$/.exec(name) ?? [];
  if (domain !== undefined && account !== undefined) {
    const dnsName = await domainCalled(source, domain, signal);
    if (dnsName === null) throw notFound(name);
    const key = account.toLowerCase();
    const isInDomain = (user: DirectoryUser) => domainOf(user.dn) === dnsName;
    return {
      name,
      filter: `(${accountAttribute}=${escapeValue(account)})`,
      isAnswer: (user) => (user.accountName ?? user.username)?.toLowerCase() === key && isInDomain(user),
      mayBeAnswer: isInDomain,
    };
  }
  const attributes = [...new Set([usernameAttribute, accountAttribute])];
  const key = name.toLowerCase();
  return {
    name,
    filter: anyOf(attributes.map((attribute) => `(${attribute}=${escapeValue(name)})`)),
    isAnswer: (user) => user.username?.toLowerCase() === key || user.accountName?.toLowerCase() === key,
  };
}

async function ask(
  source: NamedUsersSource,
  questions: readonly Pick<Question, 'filter'>[],
  signal: AbortSignal | undefined,
): Promise<DirectoryUser[]> {
  const entries = await source.session.all(
    {
      baseDn: source.baseDn,
      scope: 'sub',
      filter: allOf(source.userFilter, anyOf(questions.map(({ filter }) => filter))),
      attributes: source.mapper.attributes,
      binaryAttributes: source.binaryAttributes,
    },
    signal,
  );
  return entries
    .map((entry) => source.mapper.map(entry))
    .flatMap((mapped) => ('user' in mapped ? [mapped.user] : []));
}

function notFound(name: string): MfaError {
  return new MfaError('directory.entryNotFound', `There is no user "${plainText(name)}" in the directory.`, {
    advice:
      'Name people by username, DOMAIN\\account, distinguished name or directory id; "mfa-console directory search" finds them.',
  });
}

function ambiguous(name: string, users: readonly DirectoryUser[]): MfaError {
  const dns = users.map((user) => `"${plainText(user.dn)}"`).join(' and ');
  return new MfaError(
    'directory.invalid',
    `The name "${plainText(name)}" belongs to several users: ${dns}.`,
    {
      advice: 'Name the right one by its distinguished name.',
    },
  );
}
