import type { DirectorySettings } from '../directory-settings.ts';
import { parseFilter } from './filter-text.ts';

export interface DirectoryFilters {
  container: string;
  group: string;
  user: string;
}

const activeDirectory: DirectoryFilters = {
  container: '(|(objectClass=organizationalUnit)(objectClass=container))',
  // Bit 31 of groupType says that it is a security group (MS-ADTS 2.2.12).
  group: '(&(objectCategory=group)(groupType:1.2.840.113556.1.4.804:=2147483648))',
  user: '(&(objectClass=user)(objectCategory=person))',
};

const otherLdap: DirectoryFilters = {
  container: '(|(objectClass=organizationalUnit)(objectClass=organization)(objectClass=container))',
  group:
    '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=groupOfMembers)(objectClass=posixGroup)(objectClass=group))',
  user: '(|(objectClass=inetOrgPerson)(objectClass=user))',
};

/**
 * The filters that count: the administrator's, else the defaults of the directory's type.
 * @throws {MfaError} `directory.filterInvalid`
 */
export function filtersOf(settings: DirectorySettings): DirectoryFilters {
  const defaults = settings.type === 'ldap' ? otherLdap : activeDirectory;
  const filters = {
    container: settings.filters.container || defaults.container,
    group: settings.filters.group || defaults.group,
    user: settings.filters.user || defaults.user,
  };
  for (const filter of Object.values(filters)) parseFilter(filter);
  return filters;
}
