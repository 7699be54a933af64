import type { DirectoryPage, Selection, SingleSelection, UserListingOptions } from '../directory.ts';
import { isGlobalCatalog } from '../forest.ts';
import { allOf, parseFilter } from './filter-text.ts';
import { requireWholeGroup } from './global-catalog.ts';
import { groupMembers } from './group-members.ts';
import { idFilters } from './identity-filter.ts';
import { domainDnOf, type LdapSource, mapUsers, usersQuery } from './ldap-source.ts';
import { membersAmong } from './members-among.ts';
import { namedUsers } from './named-users.ts';
import { requireContainer, requireReadable } from './readable-container.ts';
import type { Query } from './session.ts';

/**
 * The users of a selection, page by page; who is in several parts of it comes several times.
 * @throws {MfaError} as `Directory.users`
 */
export async function* selectUsers(
  source: LdapSource,
  selection: Selection,
  options: UserListingOptions,
): AsyncGenerator<DirectoryPage> {
  const { signal } = options;
  if (selection.scope === 'several') {
    for (const one of selection.selections) yield* selectUsers(source, one, options);
    return;
  }
  if (selection.userFilter) parseFilter(selection.userFilter);
  const userFilter = allOf(source.filters.user, selection.userFilter);
  if (selection.scope === 'users') {
    const users = await namedUsers({ ...source, userFilter }, selection.names, signal);
    if (users.length > 0) yield { users, unusable: [] };
  } else if (selection.scope === 'group') {
    yield* selectMembers(source, selection, userFilter, options);
  } else {
    yield* selectBelow(source, await selectionQuery(source, selection, signal), options);
  }
}

async function* selectMembers(
  source: LdapSource,
  { dn, isRecursive }: Extract<SingleSelection, { scope: 'group' }>,
  userFilter: string,
  { among, signal }: UserListingOptions,
): AsyncGenerator<DirectoryPage> {
  const hasSeveralDomains = isGlobalCatalog(source.session.url);
  if (hasSeveralDomains) {
    await requireWholeGroup(source.session, { baseDn: source.baseDn, groupDn: dn, isRecursive }, signal);
  }
  const groups = {
    session: source.session,
    baseDn: source.baseDn,
    domainDn: domainDnOf(source),
    isActiveDirectory: source.rootDse.isActiveDirectory,
    hasSeveralDomains,
    userFilter,
    userAttributes: source.mapper.attributes,
    binaryAttributes: source.binaryAttributes,
  };
  const members =
    among === undefined
      ? groupMembers(groups, dn, isRecursive, signal)
      : membersAmong(groups, dn, isRecursive, idFilters(source.map, among), signal);
  for await (const page of members) {
    const mapped = mapUsers(source, page.entries);
    yield { users: mapped.users, unusable: [...mapped.unusable, ...page.unusable] };
  }
}

async function* selectBelow(
  source: LdapSource,
  query: Query,
  { among, signal }: UserListingOptions,
): AsyncGenerator<DirectoryPage> {
  if (among !== undefined) {
    for (const isOneOf of idFilters(source.map, among)) {
      const narrowed = { ...query, filter: allOf(query.filter, isOneOf) };
      yield mapUsers(source, await source.session.all(narrowed, signal));
    }
    return;
  }
  let isEmpty = true;
  for await (const entries of source.session.pages(query, signal)) {
    isEmpty = false;
    yield mapUsers(source, entries);
  }
  if (isEmpty) await requireReadable(source.session, query.baseDn, signal);
}

/** The search of a container or a filter; the container is known to exist. */
export async function selectionQuery(
  source: LdapSource,
  selection: Extract<SingleSelection, { scope: 'container' | 'filter' }>,
  signal: AbortSignal | undefined,
): Promise<Query> {
  const isFilter = selection.scope === 'filter';
  if (isFilter) parseFilter(selection.filter);
  const baseDn = isFilter ? source.baseDn : selection.dn;
  await requireContainer(source.session, baseDn, signal);
  const filter = allOf(source.filters.user, selection.userFilter, isFilter ? selection.filter : undefined);
  return usersQuery(source, baseDn, isFilter || selection.includeSubtree ? 'sub' : 'one', filter);
}
