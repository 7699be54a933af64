import type { SqlValue, Store } from '../../store/store.ts';
import { type OutboxFilter, parseOutboxFilter } from './outbox-filter.ts';
import {
  type MailState,
  type MailSummaryRow,
  mailFromRow,
  mailStates,
  type OutboxMail,
  summaryColumns,
} from './outbox-mail.ts';

export interface OutboxQuery {
  /** Words and facets, as {@link parseOutboxFilter} reads them. */
  filter?: string | undefined;
  /** Only mails before this id: the next page begins behind the last id of the one before it. */
  before?: number | undefined;
  /** Leaves out so many of those that are found. */
  offset?: number | undefined;
  /** Left out: all. */
  limit?: number | undefined;
}

/** Mails without their texts, the newest first. @throws {MfaError} `filter.invalid` */
export function listMails(store: Store, query: OutboxQuery): OutboxMail[] {
  const { sql, parameters } = conditionsOf(query);
  return store
    .prepare<MailSummaryRow>(`SELECT ${summaryColumns} FROM outbox ${sql} ORDER BY id DESC LIMIT ? OFFSET ?`)
    .all(...parameters, query.limit ?? -1, query.offset ?? 0)
    .map(mailFromRow);
}

/** Those of some mails that there are, without their texts, the newest first. */
export function mailsByIds(store: Store, ids: readonly number[]): OutboxMail[] {
  return store
    .prepare<MailSummaryRow>(
      `SELECT ${summaryColumns} FROM outbox WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id DESC`,
    )
    .all(JSON.stringify(ids))
    .map(mailFromRow);
}

/** The ids of all mails that a query finds, in the order of queueing. @throws {MfaError} `filter.invalid` */
export function mailIds(store: Store, query: OutboxQuery): number[] {
  const { sql, parameters } = conditionsOf(query);
  return store
    .prepare<{ id: number }>(`SELECT id FROM outbox ${sql} ORDER BY id`)
    .all(...parameters)
    .map(({ id }) => id);
}

/** How many mails a query finds; its limit and offset do not matter. @throws {MfaError} `filter.invalid` */
export function countMails(store: Store, query: OutboxQuery): number {
  const { sql, parameters } = conditionsOf(query);
  return (
    store.prepare<{ count: number }>(`SELECT count(*) AS count FROM outbox ${sql}`).get(...parameters)
      ?.count ?? 0
  );
}

/** How many mails are in each of some states; quick, because those that were sent need not be counted. */
export function countByState<State extends MailState>(
  store: Store,
  states: readonly State[],
): Record<State, number> {
  const count = store.prepare<{ count: number }>('SELECT count(*) AS count FROM outbox WHERE state = ?');
  return Object.fromEntries(states.map((state) => [state, count.get(state)?.count ?? 0])) as Record<
    State,
    number
  >;
}

/** Those that somebody may have to look at. */
export const unsentStates = mailStates.filter((state) => state !== 'sent' && state !== 'cancelled');

function conditionsOf({ filter = '', before }: OutboxQuery) {
  const { states, kind, user, words }: OutboxFilter = parseOutboxFilter(filter);
  const conditions: string[] = [];
  const parameters: SqlValue[] = [];
  const demand = (condition: string, ...values: SqlValue[]) => {
    conditions.push(condition);
    parameters.push(...values);
  };
  if (before !== undefined) demand('id < ?', before);
  if (states.length > 0) demand(`state IN (${states.map(() => '?').join(', ')})`, ...states);
  if (kind !== null) demand('kind = ?', kind);
  if (user !== null) demand('username = ? COLLATE NOCASE', user);
  for (const word of words) {
    const anywhere = `username || ' ' || ifnull(recipient, '') || ' ' || ifnull(subject, '') || ' ' || ifnull(why, '')`;
    demand(`${anywhere} LIKE ? ESCAPE '\\'`, `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  }
  return { sql: conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`, parameters };
}
