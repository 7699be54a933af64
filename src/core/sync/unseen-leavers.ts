import type { Directory } from '../directory/directory.ts';
import { normalizeDn, parentDn } from '../directory/ldap/distinguished-name.ts';
import type { Cause, LeaverRow } from './leavers.ts';

interface UnseenSearch {
  directory: Pick<Directory, 'requireVisible' | 'deletedAmong' | 'findEntry'>;
  signal: AbortSignal | undefined;
}

/**
 * Makes sure that the containers in which leavers were show what is in them. One that is not there any more may have
 * been deleted or moved with everybody in it, or be hidden: who was in it has left for sure only when the directory
 * calls them deleted, or shows them at another place.
 * @returns the ids of the users of whom it cannot be told
 * @throws {MfaError} `directory.*`
 */
export async function whoIsUnseen(
  leavers: readonly { row: LeaverRow; cause: Cause }[],
  { directory, signal }: UnseenSearch,
): Promise<ReadonlySet<number>> {
  const options = signal === undefined ? {} : { signal };
  const placed = leavers.flatMap(({ row, cause }) => {
    const { directory_dn: dn, directory_id: directoryId } = row;
    if (cause !== 'left' || dn === null || directoryId === null) return [];
    return [{ id: row.id, directoryId, place: parentDn(dn) }];
  });
  const places = new Map(placed.map(({ place }) => [normalizeDn(place), place]));
  const gone = new Set([...(await directory.requireVisible([...places.values()], options))].map(normalizeDn));
  const open = placed.filter(({ place }) => gone.has(normalizeDn(place)));
  const deleted = await directory.deletedAmong(
    open.map(({ directoryId }) => directoryId),
    options,
  );
  const unseen = new Set<number>();
  for (const { id, directoryId } of open) {
    if (deleted.has(directoryId)) continue;
    const entry = await directory.findEntry({ directoryId }, { ...options, isAnywhere: true });
    if (entry === null) unseen.add(id);
  }
  return unseen;
}
