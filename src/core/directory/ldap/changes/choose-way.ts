import type { ChangeKind, ChangeWay } from '../../changes.ts';
import { isGlobalCatalog } from '../../forest.ts';
import { mayReadChanges, mayReadDeleted } from '../directory-rights.ts';
import { isAtOrBelow, normalizeDn } from '../distinguished-name.ts';
import { valuesOf } from '../root-dse.ts';
import type { ChangeReader, ChangeSource } from './change-reader.ts';
import { dirSyncReader } from './dirsync.ts';
import { dirSyncFlags, dirSyncOid } from './dirsync-control.ts';
import { timeAttribute, timestampReader } from './timestamp.ts';
import { usnReader } from './usn.ts';

export interface ChosenWay {
  readonly way: ChangeWay;
  readonly reader: ChangeReader;
}

/** The best way that the server and the rights of the account allow, or a sentence that says why there is none. */
export async function chooseWay(
  source: ChangeSource,
  without: readonly ChangeKind[],
): Promise<ChosenWay | string> {
  const { session, rootDse, signal } = source;
  const obstacle = obstacleOfActiveDirectory(source);
  if (obstacle !== null) return byTimes(source, obstacle);
  const context = rootDse.defaultNamingContext;
  const seesDeletions = await session.use((one) => mayReadDeleted(one, context, signal), signal);
  const but = seesDeletions
    ? ''
    : ' Deleted people are noticed by full runs only, because the bind account may not see deleted objects.';
  if (rootDse.supportedControls.includes(dirSyncOid) && !without.includes('dirSync')) {
    const may = (flags: number) => session.use((one) => mayReadChanges(one, context, signal, flags), signal);
    if (await may(dirSyncFlags.none)) {
      const reason = 'Changes are read by DirSync: the bind account may replicate directory changes.';
      return {
        way: { kind: 'dirSync', reason, seesDeletions: true },
        reader: dirSyncReader(dirSyncFlags.none),
      };
    }
    if (await may(dirSyncFlags.objectSecurity)) {
      const reason = `Changes are read by DirSync, as far as the bind account may see them.${but}`;
      return {
        way: { kind: 'dirSync', reason, seesDeletions },
        reader: dirSyncReader(dirSyncFlags.objectSecurity),
      };
    }
  }
  const head = await session.read(context, ['uSNChanged'], { signal });
  if (without.includes('usn') || head === null || valuesOf(head, 'uSNChanged').length === 0) {
    return byTimes(source, 'the bind account may neither use DirSync nor read uSNChanged');
  }
  const reason = `Changes are read by their update sequence numbers, because DirSync cannot be used.${but}`;
  return { way: { kind: 'usn', reason, seesDeletions }, reader: usnReader(seesDeletions) };
}

/** Why what only domain controllers keep cannot be used; null when it can. */
function obstacleOfActiveDirectory({
  session,
  rootDse,
  controller,
  map,
  baseDn,
}: ChangeSource): string | null {
  if (!rootDse.isActiveDirectory) return 'the server is no domain controller';
  if (isGlobalCatalog(session.url)) return 'the Global Catalog is read, and they belong to one domain each';
  if (!isAtOrBelow(normalizeDn(baseDn), normalizeDn(rootDse.defaultNamingContext)))
    return "the base DN does not lie in the server's own domain";
  if (map.uniqueIdentifier.toLowerCase() !== 'objectguid' || map.uniqueIdentifierType !== 'guid')
    return 'people are not recognized by objectGUID';
  if (controller.invocationId === null || controller.usn === null)
    return 'the bind account may not read the invocation id of the domain controller';
  return null;
}

async function byTimes(source: ChangeSource, because: string): Promise<ChosenWay | string> {
  const attribute = timeAttribute(source.rootDse);
  const base = await source.session.read(source.baseDn, [attribute], { signal: source.signal });
  if (base === null || valuesOf(base, attribute).length === 0) {
    return `Changes cannot be read, because ${because}, and ${attribute} cannot be read either.`;
  }
  const reason = `Changes are read by ${attribute}, because ${because}. Deleted people are noticed by full runs only.`;
  return { way: { kind: 'timestamp', reason, seesDeletions: false }, reader: timestampReader };
}
