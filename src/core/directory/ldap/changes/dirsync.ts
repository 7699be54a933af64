import { accountControlAttribute, type RawEntry } from '../../attributes.ts';
import { formatDirectoryId } from '../../directory-id.ts';
import { attributesIn, parseFilter } from '../filter-text.ts';
import { incomplete } from '../paged-search.ts';
import { resultCode, resultError } from '../result-errors.ts';
import { valuesOf } from '../root-dse.ts';
import type { ChangeReader, ChangeSource, Position } from './change-reader.ts';
import { DirSyncControl, dirSyncOid, readDirSync } from './dirsync-control.ts';

const mostBytes = 1_048_576;
const mostAnswersWithoutProgress = 3;

/** What a server says that does not know a cookie any more, or that cannot read it. */
const refusals: readonly number[] = [
  resultCode.operationsError,
  resultCode.protocolError,
  resultCode.unavailableCriticalExtension,
  resultCode.unwillingToPerform,
  resultCode.other,
];

/** Reads changes by DirSync. @param flags see {@link dirSyncFlags} */
export function dirSyncReader(flags: number): ChangeReader {
  return {
    kind: 'dirSync',
    async begin(source) {
      // The position counts for the whole domain, so a filter that finds one entry leads there without reading all.
      const found = await read(source, Buffer.alloc(0), flags, '(objectClass=domainDNS)', ['objectClass']);
      if (found === null) throw refused(source, 0);
      return found.next;
    },
    async find(source, { position }) {
      const cookie = Buffer.from(position, 'base64');
      const found = await read(source, cookie, flags, '(objectClass=*)', watchedAttributes(source));
      if (found === null) return null;
      const changed = new Set<string>();
      const deleted = new Set<string>();
      for (const entry of found.entries) {
        const id = formatDirectoryId(entry.objectGUID, 'guid');
        if (id === null) throw incomplete({ baseDn: entry.dn }, 0, 'a change came without its objectGUID');
        const isDeleted = valuesOf(entry, 'isDeleted')[0]?.toUpperCase() === 'TRUE';
        (isDeleted ? deleted : changed).add(id);
      }
      return { changed, deleted, filter: null, next: found.next };
    },
  };
}

/** A change of anything else is not told. Links back, such as `memberOf`, are none of the entry's own attributes. */
export function watchedAttributes({ mapper, filters, itemFilters }: ChangeSource): string[] {
  const asked = [...Object.values(filters), ...itemFilters].flatMap((text) =>
    attributesIn(parseFilter(text)),
  );
  const always = [accountControlAttribute, 'isDeleted', 'name', 'member', 'primaryGroupID'];
  const watched = new Map(
    [...mapper.attributes, ...always, ...asked].map((name) => [name.toLowerCase(), name]),
  );
  watched.set('objectguid', 'objectGUID');
  watched.delete('memberof');
  return [...watched.values()];
}

interface Read {
  readonly entries: readonly RawEntry[];
  readonly next: Position;
}

async function read(
  { session, rootDse, now, signal }: ChangeSource,
  from: Buffer,
  flags: number,
  filter: string,
  attributes: readonly string[],
): Promise<Read | null> {
  const request = {
    baseDn: rootDse.defaultNamingContext,
    scope: 'sub' as const,
    filter: parseFilter(filter),
    attributes,
    binaryAttributes: ['objectGUID'],
  };
  const all: RawEntry[] = [];
  return session.use(async (connection) => {
    let cookie = from;
    let withoutProgress = 0;
    for (let answers = 0; ; answers += 1) {
      const controls = [new DirSyncControl(flags, mostBytes, cookie)];
      const { entries, result } = await connection.search({ ...request, controls }, signal);
      if (result.code !== resultCode.success) {
        if (answers === 0 && from.length > 0 && refusals.includes(result.code)) return null;
        throw resultError(result.code, result.diagnostics, { url: connection.url, target: request.baseDn });
      }
      const control = result.controls.get(dirSyncOid);
      if (control === undefined) throw incomplete(request, all.length, 'the server kept no account of it');
      const answer = readDirSync(control);
      all.push(...entries);
      if (!answer.hasMore) {
        return {
          entries: all,
          next: { position: answer.cookie.toString('base64'), takenAt: now.toISOString() },
        };
      }
      withoutProgress = answer.cookie.equals(cookie) ? withoutProgress + 1 : 0;
      if (withoutProgress > mostAnswersWithoutProgress) {
        throw incomplete(request, all.length, `${connection.url} does not come to an end`);
      }
      cookie = answer.cookie;
    }
  }, signal);
}

function refused({ rootDse }: ChangeSource, count: number): Error {
  return incomplete({ baseDn: rootDse.defaultNamingContext }, count, 'the server refused to tell changes');
}
