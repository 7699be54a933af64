import type { DirectoryType } from './directory.ts';

/** LDAP filters (RFC 4515) of the three kinds of entries that are read. */
export interface DirectoryFilters {
  container: string;
  group: string;
  user: string;
}

/** How many entries each of the filters finds. */
export type FilterCounts = Record<keyof DirectoryFilters, number>;

const activeDirectory: DirectoryFilters = {
  container: '(|(objectClass=organizationalUnit)(objectClass=container))',
  // Bit 31 of groupType says that it is a security group (MS-ADTS 2.2.12).
  group: '(&(objectCategory=group)(groupType:1.2.840.113556.1.4.804:=2147483648))',
  user: '(&(objectClass=user)(objectCategory=person))',
};

/** What is used where the administrator has set nothing. */
export const defaultFilters: Record<DirectoryType, DirectoryFilters> = {
  activeDirectory,
  sample: activeDirectory,
  ldap: {
    container: '(|(objectClass=organizationalUnit)(objectClass=organization)(objectClass=container))',
    group:
      '(|(objectClass=groupOfNames)(objectClass=groupOfUniqueNames)(objectClass=groupOfMembers)(objectClass=posixGroup)(objectClass=group))',
    user: '(|(objectClass=inetOrgPerson)(objectClass=user))',
  },
};
