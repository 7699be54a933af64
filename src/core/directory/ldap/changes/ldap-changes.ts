import { hash } from 'node:crypto';
import { plainText } from '../../../plain-text.ts';
import type { ChangeCursor } from '../../changes.ts';
import type { ChangeOptions, Changes } from '../../directory.ts';
import { normalizeDn } from '../distinguished-name.ts';
import { attributesIn, parseFilter } from '../filter-text.ts';
import type { LdapSource } from '../ldap-source.ts';
import { incomplete } from '../paged-search.ts';
import { readRootDse } from '../root-dse.ts';
import type { ChangeSource, Position } from './change-reader.ts';
import { type ChangedEntry, readPlaces } from './changed-places.ts';
import { chooseWay } from './choose-way.ts';
import { readController } from './controller.ts';
import { watchedAttributes } from './dirsync.ts';
import { expired, fullRun, whyNotFrom } from './full-run.ts';
import { deletedGroups, groupsThatDiffer } from './groups-that-differ.ts';
import { peopleBelow, peopleTakenAlong } from './people-taken-along.ts';

/**
 * What changed since a cursor, as ids alone: a control that tells of changes tells only what changed, and no filter finds
 * who does not match it any more.
 * @param directory its session has connections to one server only
 * @throws {MfaError} `directory.*`
 */
export async function ldapChanges(
  directory: LdapSource,
  cursor: ChangeCursor | null,
  { filters, groups: watched, people, without = [], most, now, signal }: ChangeOptions,
): Promise<Changes> {
  const { session } = directory;
  const rootDse = await session.use((connection) => readRootDse(connection, signal), signal);
  const controller = await readController(session, rootDse, signal);
  const source = { ...directory, rootDse, controller, itemFilters: filters, now, signal };
  const chosen = await chooseWay(source, without);
  if (typeof chosen === 'string') return fullRun(['unavailable', chosen], null, null);
  const { way, reader } = chosen;
  const scope = scopeOf(source);
  const makeCursor = (position: Position): ChangeCursor => ({
    kind: way.kind,
    server: session.url,
    controller: controller.name,
    invocationId: controller.invocationId,
    usn: controller.usn,
    scope,
    ...position,
  });
  const full = async (because: Parameters<typeof fullRun>[0]) =>
    fullRun(because, way, makeCursor(await reader.begin(source)));

  const obstacle = whyNotFrom(cursor, source, way, scope);
  if (obstacle !== null || cursor === null) return full(obstacle ?? expired);
  const found = await reader.find(source, cursor);
  if (found === null) return full(expired);
  if (found.changed.size + found.deleted.size > most) return full(tooMany);
  const places = await readPlaces(source, found);
  const member = groupThatHides(source, places.groups);
  if (member !== null) return full(member);
  const [beyond] = places.beyond;
  const takenAlong = people === null ? null : await peopleTakenAlong(source, places, people);
  if (beyond !== undefined && takenAlong === null) return full(containerMoved(beyond));
  const changed = new Set([...found.changed, ...(takenAlong ?? [])]);
  for await (const id of peopleBelow(source, places.containers)) {
    changed.add(id);
    if (changed.size > most) return full(tooMany);
  }
  const isDomain = way.kind !== 'timestamp';
  const groups = await groupsThatDiffer(source, watched, places.groups, isDomain);
  const hasGroupsInGroups = watched.some(({ isRecursive }) => isRecursive);
  const gone = hasGroupsInGroups ? await deletedGroups(source, found.deleted) : [];
  await requireSameController(source);
  return {
    isFullRunNeeded: false,
    way,
    server: session.url,
    changed: [...changed],
    deleted: [...found.deleted],
    deletedGroups: gone,
    groups,
    next: makeCursor(found.next),
  };
}

const tooMany = ['tooMany', 'So much was changed that it is faster to read everybody.'] as const;

function containerMoved({ dn }: ChangedEntry): Parameters<typeof fullRun>[0] {
  return [
    'containerMoved',
    `The container "${plainText(dn)}" was changed and may have been moved out of the base DN.`,
  ];
}

/** What the changes of people do not show: that a filter finds them because a group changed. */
function groupThatHides(
  { filters, itemFilters }: ChangeSource,
  [group]: readonly ChangedEntry[],
): Parameters<typeof fullRun>[0] | null {
  const asksForGroups = [filters.user, ...itemFilters].some((filter) =>
    attributesIn(parseFilter(filter)).includes('memberof'),
  );
  if (group === undefined || !asksForGroups) return null;
  const sentence = `The group "${plainText(group.dn)}" was changed, and a filter asks who is in groups.`;
  return ['membershipFilter', sentence];
}

/** One address may lead to several servers, and who is missing on another may be there on the right one. */
async function requireSameController({ session, controller, baseDn, signal }: ChangeSource): Promise<void> {
  const { dsServiceName } = await session.use((one) => readRootDse(one, signal), signal);
  if (dsServiceName === null || dsServiceName === controller.name) return;
  throw incomplete({ baseDn }, 0, `another server answered at ${session.url} meanwhile`, {
    advice: 'Name the servers one by one, instead of by a name that leads to several.',
  });
}

/** A digest of all that decides what is read, and who belongs to it. */
function scopeOf(source: ChangeSource): string {
  const { baseDn, filters, map, itemFilters } = source;
  const scope = [
    normalizeDn(baseDn),
    filters,
    map,
    watchedAttributes(source).sort(),
    [...itemFilters].sort(),
  ];
  return hash('sha256', JSON.stringify(scope), 'base64');
}
