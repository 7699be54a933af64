import type { DirectorySettings } from '../directory-settings.ts';
import { isGlobalCatalog } from '../forest.ts';
import { dirSyncFlags } from './changes/dirsync-control.ts';
import { type Finding, good } from './check.ts';
import type { LdapConnection } from './connection.ts';
import { mayReadChanges, mayReadDeleted } from './directory-rights.ts';
import { parseFilter } from './filter-text.ts';
import { PagingControl, pagingOid, readCookie } from './paging-control.ts';
import { resultCode, resultError } from './result-errors.ts';
import type { RootDse } from './root-dse.ts';

/** A server that is connected and logged on to. */
export interface BoundServer {
  readonly url: string;
  readonly settings: DirectorySettings;
  readonly connection: LdapConnection;
  readonly rootDse: RootDse;
  readonly baseDn: string;
  /** How many users are read as a sample. */
  readonly sampleLimit: number;
  readonly signal: AbortSignal | undefined;
}

/** Whether long listings come page by page. */
export async function tryPaging({ url, connection, baseDn, signal }: BoundServer): Promise<Finding> {
  const ask = (cookie: Buffer) =>
    connection.search(
      {
        baseDn,
        scope: 'sub',
        filter: parseFilter('(objectClass=*)'),
        attributes: ['1.1'],
        controls: [new PagingControl(1, cookie)],
      },
      signal,
    );
  const first = await ask(Buffer.alloc(0));
  const control = first.result.controls.get(pagingOid);
  if (first.result.code !== resultCode.success || control === undefined) {
    return {
      ok: false,
      message: `${url} does not give long listings page by page.`,
      advice: 'Allow the paged results control on the server; without it, listings end at its size limit.',
    };
  }
  const cookie = readCookie(control);
  if (cookie.length === 0) return good('Listings come page by page.');
  const second = await ask(cookie);
  if (second.result.code !== resultCode.success) {
    throw resultError(second.result.code, second.result.diagnostics, { url: url, target: baseDn });
  }
  return good('Listings come page by page.');
}

/** Whether the account may read changes; null where there is no such right. */
export async function tryDirSync({ url, connection, rootDse, signal }: BoundServer): Promise<Finding | null> {
  if (!rootDse.isActiveDirectory || isGlobalCatalog(url)) return null;
  const may = (flags: number) => mayReadChanges(connection, rootDse.defaultNamingContext, signal, flags);
  if (await may(dirSyncFlags.none)) return good('The bind account may read changes of the domain (DirSync).');
  if (await may(dirSyncFlags.objectSecurity)) {
    return {
      ok: true,
      message: 'The bind account reads changes of the domain as far as it may see them (DirSync).',
      advice:
        'Optional: grant it "Replicating Directory Changes" on the domain, so that deleted people are told, too.',
    };
  }
  return {
    ok: true,
    message: 'The bind account may not read changes of the domain (DirSync).',
    advice:
      'Optional: grant it "Replicating Directory Changes" on the domain, so that synchronizations need to read changes only.',
  };
}

/** Whether the account may see deleted objects; null where there are none. */
export async function tryDeleted({ connection, rootDse, signal }: BoundServer): Promise<Finding | null> {
  if (!rootDse.isActiveDirectory) return null;
  if (await mayReadDeleted(connection, rootDse.defaultNamingContext, signal)) {
    return good('The bind account may see deleted objects.');
  }
  return {
    ok: true,
    message: 'The bind account may not see deleted objects.',
    advice:
      'Optional: let it list and read "CN=Deleted Objects", so that deleted people are told from those that moved.',
  };
}
