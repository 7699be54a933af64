import { Control } from 'ldapts';
import { DirSyncControl, dirSyncFlags } from './changes/dirsync-control.ts';
import type { LdapConnection } from './connection.ts';
import { parseFilter } from './filter-text.ts';
import { resultCode } from './result-errors.ts';

/** Makes deleted objects visible to a search (MS-ADTS 3.1.1.3.4.1.14). */
export const showDeleted = new Control('1.2.840.113556.1.4.417', { critical: true });

const fewestBytes = 1;

/**
 * Whether the account may ask for changes of the whole domain: without flags it takes the right "Replicating
 * Directory Changes".
 */
export async function mayReadChanges(
  connection: LdapConnection,
  namingContext: string,
  signal?: AbortSignal,
  flags: number = dirSyncFlags.none,
): Promise<boolean> {
  const { result } = await connection.search(
    {
      baseDn: namingContext,
      scope: 'sub',
      filter: parseFilter('(objectClass=domainDNS)'),
      attributes: ['objectClass'],
      controls: [new DirSyncControl(flags, fewestBytes, Buffer.alloc(0))],
    },
    signal,
  );
  return result.code === resultCode.success;
}

/**
 * Whether the account sees deleted objects. Anybody may find their container; whoever may read it, and so has what
 * administrators grant together, to list and to read, sees what is in it.
 */
export async function mayReadDeleted(
  connection: LdapConnection,
  namingContext: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { entries, result } = await connection.search(
    {
      baseDn: `CN=Deleted Objects,${namingContext}`,
      scope: 'base',
      filter: parseFilter('(objectClass=*)'),
      attributes: ['whenCreated'],
      controls: [showDeleted],
    },
    signal,
  );
  return result.code === resultCode.success && entries[0]?.whenCreated !== undefined;
}
