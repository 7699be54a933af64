import { MfaError } from '../../errors.ts';
import type { RawEntry } from '../attributes.ts';
import type { LdapConnection } from './connection.ts';
import { parseFilter } from './filter-text.ts';
import { resultCode, resultError } from './result-errors.ts';

/** What a server says of itself (RFC 4512 5.1, MS-ADTS 3.1.1.3.2). */
export interface RootDse {
  vendor: 'Active Directory' | 'Samba' | 'OpenLDAP' | 'LDAP server';
  /** It follows the rules of AD, Samba included: IN_CHAIN, memberOf, primary groups, objectGUID. */
  isActiveDirectory: boolean;
  /** The base DN to suggest; empty when the server names none. */
  defaultNamingContext: string;
  /** The root domain of the forest; empty outside of AD. */
  rootDomainNamingContext: string;
  namingContexts: string[];
  configurationNamingContext: string;
  supportedControls: string[];
  dnsHostName: string | null;
  /** The object of the domain controller in its own configuration; null outside of AD. */
  dsServiceName: string | null;
  /** The highest number that the controller has given to a change; null outside of AD. */
  highestCommittedUsn: string | null;
}

const activeDirectoryCapability = '1.2.840.113556.1.4.800';

/** Reads the root DSE, which servers show before anybody logged on. @throws {MfaError} `directory.*` */
export async function readRootDse(connection: LdapConnection, signal?: AbortSignal): Promise<RootDse> {
  const { entries, result } = await connection.search(
    {
      baseDn: '',
      scope: 'base',
      filter: parseFilter('(objectClass=*)'),
      attributes: [
        'defaultNamingContext',
        'rootDomainNamingContext',
        'namingContexts',
        'configurationNamingContext',
        'supportedControl',
        'supportedCapabilities',
        'vendorName',
        'dnsHostName',
        'dsServiceName',
        'highestCommittedUSN',
        'objectClass',
      ],
    },
    signal,
  );
  if (result.code !== resultCode.success) {
    throw resultError(result.code, result.diagnostics, { url: connection.url, target: 'root DSE' });
  }
  const [entry] = entries;
  if (entry === undefined) {
    throw new MfaError('directory.protocol', `${connection.url} does not say what it is (no root DSE).`, {
      advice: 'Check that it is a directory server, and that it lets everybody read its root DSE.',
    });
  }
  const namingContexts = valuesOf(entry, 'namingContexts');
  const isActiveDirectory = valuesOf(entry, 'supportedCapabilities').includes(activeDirectoryCapability);
  const vendorName = valuesOf(entry, 'vendorName')[0] ?? '';
  const isOpenLdap = valuesOf(entry, 'objectClass').includes('OpenLDAProotDSE');
  return {
    vendor: /samba/i.test(vendorName)
      ? 'Samba'
      : isActiveDirectory
        ? 'Active Directory'
        : isOpenLdap
          ? 'OpenLDAP'
          : 'LDAP server',
    isActiveDirectory,
    defaultNamingContext: valuesOf(entry, 'defaultNamingContext')[0] ?? namingContexts[0] ?? '',
    rootDomainNamingContext: valuesOf(entry, 'rootDomainNamingContext')[0] ?? '',
    namingContexts,
    configurationNamingContext: valuesOf(entry, 'configurationNamingContext')[0] ?? '',
    supportedControls: valuesOf(entry, 'supportedControl'),
    dnsHostName: valuesOf(entry, 'dnsHostName')[0] ?? null,
    dsServiceName: valuesOf(entry, 'dsServiceName')[0] ?? null,
    highestCommittedUsn: valuesOf(entry, 'highestCommittedUSN')[0] ?? null,
  };
}

/** All values of an attribute as texts. */
export function valuesOf(entry: RawEntry, attribute: string): string[] {
  const value = entry[attribute];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
