import { formatDirectoryId, type IdentifierType } from '../../directory-id.ts';
import { incomplete } from '../paged-search.ts';
import { type RootDse, valuesOf } from '../root-dse.ts';
import type { ChangeReader, ChangeSource, Position } from './change-reader.ts';

/** A change may come to light later than others that bear the same or a later time. */
const overlapMs = 60_000;
const dayMs = 86_400_000;
/** How far back is looked for the latest change, before everything is looked through. */
const lookBackDays = [1, 60];

/**
 * Reads changes by the times that entries bear. Only times of the server are compared with each other; its clock
 * and that of this machine may differ. The latest minute is read again until nothing can be added to it any more.
 */
export const timestampReader: ChangeReader = {
  kind: 'timestamp',
  async begin(source) {
    const now = source.now.getTime();
    for (const time of [...lookBackDays.map((days) => now - days * dayMs), 0]) {
      const { latest } = await changedSince(source, time);
      if (latest !== null) return { position: latest, takenAt: source.now.toISOString() };
    }
    return { position: writeTime(0), takenAt: source.now.toISOString() };
  },
  async find(source, from) {
    const { now } = source;
    const time = readTime(from.position);
    // Filters can only say "not before", and a second may hold many changes.
    const since = from.isSettled === true ? time + 1000 : time - overlapMs;
    const { changed, latest } = await changedSince(source, since);
    const next = latest === null || readTime(latest) <= time ? settle(from, now) : fresh(latest, now);
    return { changed, deleted: new Set(), filter: sinceFilter(source, since), next };
  },
};

function fresh(position: string, now: Date): Position {
  return { position, takenAt: now.toISOString() };
}

/** Nothing newer was found: after the overlap, what bears the old time has been read. */
function settle(from: Position, now: Date): Position {
  const isSettled = from.isSettled === true || now.getTime() - Date.parse(from.takenAt) > overlapMs;
  return { ...from, isSettled };
}

/** The attribute with the time of the last change. */
export function timeAttribute({ isActiveDirectory }: RootDse): string {
  return isActiveDirectory ? 'whenChanged' : 'modifyTimestamp';
}

async function changedSince(
  source: ChangeSource,
  since: number,
): Promise<{ changed: Set<string>; latest: string | null }> {
  const { session, baseDn, map, binaryAttributes, rootDse, signal } = source;
  const attribute = timeAttribute(rootDse);
  const changed = new Set<string>();
  let latest: string | null = null;
  const query = {
    baseDn,
    scope: 'sub' as const,
    filter: sinceFilter(source, since),
    attributes: [map.uniqueIdentifier, attribute],
    binaryAttributes,
  };
  for await (const entries of session.pages(query, signal)) {
    for (const entry of entries) {
      const [changedAt] = valuesOf(entry, attribute);
      const id = formatDirectoryId(entry[map.uniqueIdentifier], map.uniqueIdentifierType as IdentifierType);
      if (changedAt === undefined) throw incomplete({ baseDn: entry.dn }, 0, `${attribute} cannot be read`);
      if (latest === null || readTime(changedAt) > readTime(latest)) latest = changedAt;
      if (id !== null) changed.add(id);
    }
  }
  return { changed, latest };
}

function sinceFilter({ rootDse }: ChangeSource, since: number): string {
  return `(${timeAttribute(rootDse)}>=${writeTime(since)})`;
}

/** Milliseconds of a generalized time (RFC 4517 3.3.13) in UTC, such as `20261124151310.0Z`. */
export function readTime(text: string): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:[.,]\d+)?Z$/.exec(text) ?? [];
  if (year === undefined) throw incomplete({ baseDn: '' }, 0, `"${text}" is not a time of a directory`);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export function writeTime(milliseconds: number): string {
  return `${new Date(Math.max(0, milliseconds)).toISOString().slice(0, 19).replace(/[-:T]/g, '')}.0Z`;
}
