import { type SelectQueryBuilder, sql } from 'kysely';
import { query } from '../store/query.ts';
import type { Store } from '../store/store.ts';
import type { AuditEventRow, Tables } from '../store/tables.ts';
import { sealOfErased } from './erased-event.ts';

export interface AuditEvent {
  sequence: number;
  /** ISO 8601 in UTC */
  at: string;
  actor: string;
  action: string;
  target: string | null;
  result: string;
  reason: string | null;
  /** `{erased: true}` when what it told of a person was erased. */
  details: Record<string, unknown> | null;
}

/** Which events are wanted; all that is given must be true. Texts are compared without regard to case. */
export interface AuditFilter {
  /** An action, or how actions begin: `user` finds `user.added` and `user.removed`. */
  action?: string | undefined;
  target?: string | undefined;
  /** An account, with or without its machine: `root` finds `root@dc1`. */
  actor?: string | undefined;
  result?: string | undefined;
  since?: Date | undefined;
  until?: Date | undefined;
  /** Occurs in action, target, actor, reason or details. */
  text?: string | undefined;
  /** All of them occur there. */
  words?: readonly string[] | undefined;
}

/** The newest events first. @param limit at most this many */
export function listAudit(store: Store, filter: AuditFilter, limit: number): AuditEvent[] {
  const wanted = narrow(query.selectFrom('audit_events').selectAll(), filter);
  return store.all(wanted.orderBy('sequence', 'desc').limit(limit)).map(eventFromRow);
}

/** The newest events of one target, written exactly so, before a sequence; quick however long the log is. */
export function auditTrail(
  store: Store,
  target: string,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): AuditEvent[] {
  return store
    .prepare<AuditEventRow>(
      'SELECT * FROM audit_events WHERE target = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?',
    )
    .all(target, before, limit)
    .map(eventFromRow);
}

/** The oldest events first from behind a sequence on, at most `limit`: to follow the log, or to read it in parts. */
export function readAudit(store: Store, filter: AuditFilter, after: number, limit: number): AuditEvent[] {
  const wanted = narrow(query.selectFrom('audit_events').selectAll(), filter);
  return store.all(wanted.where('sequence', '>', after).orderBy('sequence').limit(limit)).map(eventFromRow);
}

/** Whether every event passes. */
export function isEmptyFilter(filter: AuditFilter): boolean {
  return Object.values(filter).every((value) => value === undefined || value.length === 0);
}

/** The sequences of the oldest and the newest event; `first` is one more than `last` for an empty log. */
export function auditRange(store: Store): { first: number; last: number } {
  const row = store
    .prepare<{ first: number | null; last: number | null }>(
      'SELECT (SELECT min(sequence) FROM audit_events) AS first, (SELECT max(sequence) FROM audit_events) AS last',
    )
    .get();
  return { first: row?.first ?? 1, last: row?.last ?? 0 };
}

/** Events of a part of the log, both ends included, the oldest first. */
export function eventsBetween(store: Store, from: number, to: number): AuditEvent[] {
  return store
    .prepare<AuditEventRow>('SELECT * FROM audit_events WHERE sequence BETWEEN ? AND ? ORDER BY sequence')
    .all(from, to)
    .map(eventFromRow);
}

/** The sequences of the events that pass, in a part of the log, the oldest first. */
export function sequencesBetween(store: Store, filter: AuditFilter, from: number, to: number): number[] {
  const wanted = narrow(query.selectFrom('audit_events').selectAll(), filter)
    .where('sequence', '>=', from)
    .where('sequence', '<=', to);
  return store
    .all(wanted.clearSelect().select('sequence').orderBy('sequence'))
    .map(({ sequence }) => sequence);
}

/** The sequence of the last event; 0 for an empty log. */
export function lastAuditSequence(store: Store): number {
  const row = store.prepare<{ last: number | null }>('SELECT max(sequence) AS last FROM audit_events').get();
  return row?.last ?? 0;
}

type EventQuery = SelectQueryBuilder<Tables, 'audit_events', AuditEventRow>;

function narrow(events: EventQuery, filter: AuditFilter): EventQuery {
  const { action, target, actor, result, since, until, text, words = [] } = filter;
  let narrowed = events;
  if (action !== undefined) narrowed = narrowed.where(likeStart('action', action));
  if (target !== undefined) narrowed = narrowed.where(sql<boolean>`target = ${target} COLLATE NOCASE`);
  if (actor !== undefined) {
    const account = sql<boolean>`actor = ${actor} COLLATE NOCASE`;
    narrowed = narrowed.where((where) => where.or([account, likeStart('actor', `${actor}@`)]));
  }
  if (result !== undefined) narrowed = narrowed.where(sql<boolean>`result = ${result} COLLATE NOCASE`);
  if (since !== undefined) narrowed = narrowed.where('at', '>=', since.toISOString());
  if (until !== undefined) narrowed = narrowed.where('at', '<=', until.toISOString());
  for (const wanted of text === undefined ? words : [text, ...words]) {
    const anywhere = sql`action || ' ' || ifnull(target, '') || ' ' || actor || ' ' || ifnull(reason, '') || ' ' || ifnull(details, '')`;
    narrowed = narrowed.where(sql<boolean>`${anywhere} LIKE ${`%${escapeLike(wanted)}%`} ESCAPE '\\'`);
  }
  return narrowed;
}

function likeStart(column: 'action' | 'actor', start: string) {
  return sql<boolean>`${sql.ref(column)} LIKE ${`${escapeLike(start)}%`} ESCAPE '\\'`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function eventFromRow(row: AuditEventRow): AuditEvent {
  const { sequence, at, actor, action, target, result, reason } = row;
  return { sequence, at, actor, action, target, result, reason, details: parseDetails(row.details) };
}

/** A log that somebody damaged must still be readable. */
function parseDetails(details: string | null): AuditEvent['details'] {
  if (details === null) return null;
  if (sealOfErased(details) !== null) return { erased: true };
  try {
    return JSON.parse(details) as Record<string, unknown>;
  } catch {
    return { unreadable: details };
  }
}
