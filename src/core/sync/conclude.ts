import { timestamp } from '../clock.ts';
import type { DirectoryUser } from '../directory/directory.ts';
import { MfaError } from '../errors.ts';
import type { PlannedChange } from '../import/planned-change.ts';
import type { BatchPlan } from '../import/run-writer.ts';
import { clearRevisits, noteUnsettled, type Revisits } from '../store/sync-revisits.ts';
import { AbsenceClock } from './absence-clock.ts';
import { type Doubts, doubtOf } from './doubt.ts';
import { type Leaver, leaverColumns } from './find-leavers.ts';
import { judge } from './guard.ts';
import type { Approved } from './held-changes.ts';
import { type Cause, type Decision, decideLeaver, heldChange, type LeaverRow } from './leavers.ts';
import { notePlaces } from './note-places.ts';
import type { Reading } from './reading.ts';
import { directoryScope, scopeOf } from './scope.ts';
import { currentScope, type SyncServices } from './sync-context.ts';
import type { PlacedItem } from './sync-directory.ts';
import type { SyncItem } from './sync-item.ts';

/** What is known when every listing has come to its end. */
export interface ConcludeContext {
  services: SyncServices;
  /** What somebody approved; then nothing else is done. */
  approved: Approved | null;
  /** What is to be remembered of a run of everybody; null for others. */
  completion: { reading: Reading; revisits: Revisits; certificateExpiresAt: string | null } | null;
  /** What the items and the directory's settings were when the run began. */
  itemsScope: string;
  items: readonly SyncItem[];
  /** The items that were asked, with their containers and groups where they are now. */
  placed: readonly PlacedItem[];
  /** Users of items before the run. */
  total: number;
  leavers: readonly Leaver[];
  accountsDisabled: ReadonlyMap<string, { userId: number; itemId: number }>;
  /** Whom the items find, when an approval looks whether it is still true. */
  found: ReadonlyMap<string, DirectoryUser>;
  /** What the run has seen that makes it doubtful whether somebody has left. */
  doubts: Pick<Doubts, 'isOtherController' | 'hidden' | 'unseen'>;
  runId: number;
  /** False in a simulation. */
  isWriting: boolean;
}

/**
 * Decides about everybody whom the items found no longer, and about accounts that the directory has disabled: all of
 * them in one transaction, from the rows as they are in it.
 * @throws {MfaError} `sync.itemsChanged`
 */
export function planLeavers(context: ConcludeContext): BatchPlan {
  requireSameItems(context);
  const decisions = [...decideAll(context)].filter((decision) => isAskedFor(decision, context));
  const takeaways = decisions.filter(({ takeaway }) => takeaway !== null);
  const verdicts = judge(
    takeaways.map((decision) => guarded(decision, context)),
    context.services.syncSettings.load(),
    context.total,
  );
  const reasons = new Map(takeaways.map((decision, index) => [decision, verdicts[index] ?? null]));
  const held = new Set<number>();
  const now = timestamp(context.services.clock());
  const changes = decisions.map((decision): PlannedChange => {
    const reason = reasons.get(decision) ?? null;
    if (reason === null) return decision.change;
    held.add(decision.item.id);
    return heldChange(decision, reason, now);
  });
  if (context.approved !== null) changes.push(...noLongerTrue(context, decisions));
  return { read: 0, lines: [], changes, alongside: () => noteCompletion(context, held) };
}

/** An approval does what was approved and nothing else. */
function isAskedFor({ row, takeaway }: Decision, { approved }: ConcludeContext): boolean {
  if (approved === null) return true;
  return takeaway !== null && approved.changes.get(row.directory_id ?? '') === takeaway;
}

function requireSameItems({ services, itemsScope }: ConcludeContext): void {
  if (currentScope(services) === itemsScope) return;
  throw new MfaError(
    'sync.itemsChanged',
    'The items, the directory or the defaults were changed while this run was reading.',
    { advice: 'Nobody was disabled or removed; synchronize again.' },
  );
}

function* decideAll(context: ConcludeContext): Generator<Decision> {
  const { leavers, accountsDisabled, approved, services, found } = context;
  const absences = new AbsenceClock(services.store, timestamp(services.clock()));
  const { removeDeleted } = services.syncSettings.load();
  for (const { row, cause } of leavers) {
    // Somebody may have switched it off since the run began.
    if (cause === 'deleted' && !removeDeleted) continue;
    yield* decide(context, row.id, row.sync_item_id ?? 0, cause, absences);
  }
  for (const [directoryId, { userId, itemId }] of accountsDisabled) {
    if (!isStill(context, userId, directoryId)) continue;
    yield* decide(context, userId, itemId, 'accountDisabled', absences);
  }
  if (approved === null) return;
  for (const { directoryId, isAccountEnabled } of found.values()) {
    if (isAccountEnabled !== false) continue;
    const row = services.store
      .prepare<LeaverRow>(`SELECT ${leaverColumns} FROM users WHERE directory_id = ?`)
      .get(directoryId);
    if (row != null && row.sync_held !== null) {
      yield* decide(context, row.id, row.sync_item_id ?? 0, 'accountDisabled', absences);
    }
  }
}

/** Somebody may have removed the user since, and made another one who was given the same number. */
function isStill({ services, isWriting }: ConcludeContext, userId: number, directoryId: string): boolean {
  const row = services.store
    .prepare<Pick<LeaverRow, 'directory_id'>>('SELECT directory_id FROM users WHERE id = ?')
    .get(userId);
  // A simulation has not written whom it would take over.
  return row !== undefined && (row.directory_id ?? (isWriting ? null : directoryId)) === directoryId;
}

/** One decision, from the row as it is now; none when somebody has changed what matters since it was read. */
function* decide(
  { services, items }: ConcludeContext,
  userId: number,
  itemId: number,
  cause: Cause,
  absences: AbsenceClock,
): Generator<Decision> {
  const row = services.store
    .prepare<LeaverRow>(`SELECT ${leaverColumns} FROM users WHERE id = ?`)
    .get(userId);
  const item = items.find(({ id }) => id === itemId);
  const isSame = cause === 'accountDisabled' || row?.sync_item_id === itemId;
  if (row === undefined || item === undefined || !isSame) return;
  const decision = decideLeaver(row, item, cause, absences);
  if (decision !== null) yield decision;
}

function guarded(decision: Decision, { approved, services, doubts }: ConcludeContext) {
  const { row, takeaway } = decision;
  const { state, directorySettings, clock } = services;
  const before = state.load();
  const settings = directorySettings.load();
  const doubt = doubtOf(decision, {
    ...doubts,
    isOtherScope: (item) => before.itemScopes[item.id] !== scopeOf(item, settings),
    isOtherDirectory: before.directory !== null && before.directory !== directoryScope(settings),
    now: timestamp(clock()),
  });
  return {
    takeaway: takeaway ?? 'disabled',
    wasHeld: row.sync_held === takeaway,
    doubt,
    isApproved: approved !== null && approved.changes.get(row.directory_id ?? '') === takeaway,
  };
}

/** Whoever was approved and is there again, or of whom something else would be true now, stays as they are. */
function* noLongerTrue(context: ConcludeContext, decisions: readonly Decision[]): Generator<PlannedChange> {
  const { approved, services, found } = context;
  const decided = new Set(decisions.map(({ row }) => row.directory_id));
  for (const directoryId of approved?.changes.keys() ?? []) {
    if (decided.has(directoryId)) continue;
    const row = services.store
      .prepare<LeaverRow>(`SELECT ${leaverColumns} FROM users WHERE directory_id = ?`)
      .get(directoryId);
    if (row === undefined) continue;
    const person = found.get(directoryId);
    const reason = `what was approved is not true any more${person === undefined ? '' : ': an item finds this user'}`;
    const log = {
      change: 'skipped' as const,
      username: row.username,
      directoryId,
      reason,
      fields: {},
      auditSequence: null,
    };
    // Whoever is still missing stays held, for whatever the next run makes of it.
    const since = row.sync_absence === null ? null : row.sync_absent_since;
    const columns =
      person === undefined ? null : { sync_held: null, sync_absent_since: since, fingerprint: null };
    yield { action: 'none', userId: row.id, columns, log };
  }
}

/**
 * Remembers what a run of everybody was of and up to where it read, with what it wrote; an item of which somebody is
 * held counts as not yet decided.
 */
function noteCompletion(
  { completion, services, items, placed, itemsScope, runId }: ConcludeContext,
  held: ReadonlySet<number>,
): void {
  if (completion === null) return;
  const { reading, revisits, certificateExpiresAt } = completion;
  const { store, state, directorySettings, clock } = services;
  const before = state.load();
  const itemScopes: Record<string, string> = {};
  for (const item of items) {
    const known = before.itemScopes[item.id];
    if (!held.has(item.id)) itemScopes[item.id] = scopeOf(item, directorySettings.load());
    else if (known !== undefined) itemScopes[item.id] = known;
  }
  const finishedAt = timestamp(clock());
  const fullAt = reading.among === null ? finishedAt : before.fullAt;
  const directory = directoryScope(directorySettings.load());
  const seen = { directory, certificateExpiresAt, cursor: reading.cursor };
  state.save({ scope: itemsScope, itemScopes, ...seen, runId, finishedAt, fullAt });
  notePlaces(placed, store);
  clearRevisits(store, revisits);
  noteUnsettled(store, runId);
}
