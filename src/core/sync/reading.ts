import { timestamp } from '../clock.ts';
import type { ChangeCursor } from '../directory/changes.ts';
import { isMfaError } from '../errors.ts';
import type { SyncKind } from '../runs/run.ts';
import { changedIds } from './changed-ids.ts';
import { knownPeople } from './known-people.ts';
import { currentScope, type SyncServices } from './sync-context.ts';
import type { SyncDirectory } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';

/** How a run reads the directory. */
export interface Reading {
  readonly kind: SyncKind;
  /** A sentence for administrators. */
  readonly reason: string;
  /** The directory ids of those whom it looks at; null for everybody. */
  readonly among: readonly string[] | null;
  /** Where the next run can go on, once this one has come to its end. */
  readonly cursor: ChangeCursor | null;
  /** Another controller is read than by the run before, or an older copy of its database. */
  readonly isOtherController: boolean;
}

const hourMs = 3_600_000;
/** Beyond so many, reading everybody is faster than asking for each. */
const mostSingly = 2000;
const tooMany = 'So many are to be looked at that it is faster to read everybody.';

/**
 * Decides how a run of everybody reads: only what changed where the directory can tell that, else all. What changed
 * is only the question whom to look at; what becomes of them is decided as in a full run.
 * @param order the administrator wants everybody to be read
 * @param revisits directory ids to look at, whatever the directory tells
 */
export async function chooseReading(
  order: { full: boolean },
  items: readonly SyncItem[],
  revisits: readonly string[],
  directory: SyncDirectory,
  services: SyncServices,
  signal: AbortSignal | undefined,
): Promise<Reading> {
  const { syncSettings, state, clock, store } = services;
  if (syncSettings.load().alwaysFull) {
    return full('The settings say that always everybody is read.', null);
  }
  const reason = whyEverybody(order, services);
  const options = {
    filters: filtersOf(items),
    groups: items.flatMap(({ selection }) => (selection.scope === 'group' ? [selection] : [])),
    people: knownPeople(items, store),
    most: mostSingly,
    now: clock(),
    ...(signal && { signal }),
  };
  if (reason !== null) return full(reason, await beginning());
  const changes = await directory.changes(state.load().cursor, options);
  if (changes.isFullRunNeeded) return full(changes.sentence, changes.next);
  const { way, next } = changes;
  const among = await changedIds(changes, items, directory, store, {
    also: revisits,
    now: timestamp(clock()),
    signal,
  });
  if (among.size > mostSingly) return full(tooMany, await beginning());
  return { kind: way.kind, reason: way.reason, among: [...among], cursor: next, isOtherController: false };

  function full(because: string, cursor: ChangeCursor | null): Reading {
    const isOtherController = isOther(state.load().cursor, cursor);
    return { kind: 'full', reason: because, among: null, cursor, isOtherController };
  }

  /** Where changes begin after a full run. That may be read even where changes cannot. */
  async function beginning(): Promise<ChangeCursor | null> {
    try {
      const changes = await directory.changes(null, options);
      return changes.isFullRunNeeded ? changes.next : null;
    } catch (error) {
      signal?.throwIfAborted();
      if (isMfaError(error)) return null;
      throw error;
    }
  }
}

function isOther(before: ChangeCursor | null, now: ChangeCursor | null): boolean {
  if (before === null || now === null) return false;
  const hasGoneBack = before.usn !== null && now.usn !== null && BigInt(now.usn) < BigInt(before.usn);
  return before.controller !== now.controller || before.invocationId !== now.invocationId || hasGoneBack;
}

/** Why everybody has to be read, as far as that is known without the directory; null when it may not be needed. */
function whyEverybody({ full }: { full: boolean }, services: SyncServices): string | null {
  if (full) return 'Everybody was to be read.';
  const { state, clock } = services;
  const { fullEveryHours } = services.syncSettings.load();
  const { scope, fullAt } = state.load();
  if (scope === null || fullAt === null) return 'Everybody is read the first time.';
  if (scope !== currentScope(services)) {
    return 'Items, filters, attributes, the directory or defaults were changed since the last run.';
  }
  const hours = (clock().getTime() - Date.parse(fullAt)) / hourMs;
  // A clock that went back says nothing about how long it was.
  if (hours >= 0 && hours < fullEveryHours) return null;
  const often = fullEveryHours === 1 ? 'every hour' : `every ${fullEveryHours} hours`;
  return `Everybody is read ${often}.`;
}

/** The filters of items, which the directory has to watch, too. */
function filtersOf(items: readonly SyncItem[]): string[] {
  return items.flatMap(({ selection }) => {
    const filter = selection.scope === 'filter' ? selection.filter : selection.userFilter;
    return filter === undefined ? [] : [filter];
  });
}
