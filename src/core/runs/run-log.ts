import type { SqlValue, Store } from '../store/store.ts';
import type { RunChangeRow } from '../store/tables.ts';
import { type ChangeKind, type RunChange, writtenKinds } from './run.ts';

/** Which lines of a run's log. */
export interface ChangeQuery {
  change?: ChangeKind | undefined;
  /** Part of the username or of the reason, without regard to the case of Latin letters. */
  text?: string | undefined;
  /** Changes after this number of the log. */
  after?: number;
  /** Leaves out so many of those that are found. */
  offset?: number;
  limit?: number;
}

/** A line of the log with its number, which counts from 1. */
export type LoggedChange = RunChange & { number: number };

const isChanged = ({ change }: RunChange) => writtenKinds.has(change);

/**
 * Adds lines to a run's log. Changed users come first. What was written stands in its audit event, and only
 * there.
 */
export function writeChanges(
  store: Store,
  id: number,
  firstNumber: number,
  changes: readonly RunChange[],
): void {
  const insert = store.prepare('INSERT INTO run_changes VALUES (?, ?, ?, ?, ?, ?, ?, NULL)');
  const lines = [...changes.filter(isChanged), ...changes.filter((line) => !isChanged(line))];
  const written = writeReferences(store, id, firstNumber, lines);
  let number = firstNumber + written;
  for (const { change, username, directoryId, reason, fields } of lines.slice(written)) {
    insert.run(id, number, change, username, directoryId, reason, JSON.stringify(fields));
    number += 1;
  }
}

/** @returns how many lines that is; their audit events follow each other */
function writeReferences(store: Store, id: number, firstNumber: number, lines: readonly RunChange[]): number {
  const sequences = lines.flatMap(({ auditSequence }) => auditSequence ?? []);
  const [first] = sequences;
  if (first === undefined) return 0;
  return store
    .prepare(
      `INSERT INTO run_changes (run_id, number, change, audit_sequence)
       SELECT ?, ? + sequence - ?, substr(action, length('user.') + 1), sequence
       FROM audit_events WHERE sequence BETWEEN ? AND ?`,
    )
    .run(id, firstNumber, first, first, first + sequences.length - 1).changes;
}

/** Lines of a log, in its order; users that needed no change are only counted. */
export function readChanges(store: Store, id: number, query: ChangeQuery): LoggedChange[] {
  const { limit = -1, offset = 0 } = query;
  const isWhole = query.change === undefined && !query.text;
  // Lines are numbered without gaps, so that in the whole log the number says the place.
  const place = isWhole ? { after: (query.after ?? 0) + offset, skipped: 0 } : { skipped: offset };
  const { sql, parameters } = whichChanges(id, { ...query, ...place });
  const rows = store
    .prepare<Omit<RunChangeRow, 'run_id'>>(
      `SELECT line.number, line.change, audit_sequence, coalesce(username, target) AS username,
         coalesce(directory_id, details ->> '$.directoryId') AS directory_id,
         coalesce(line.reason, audit_events.reason) AS reason,
         coalesce(fields, details ->> '$.fields') AS fields
       FROM (SELECT number ${sql} ORDER BY number LIMIT ? OFFSET ?) AS found
       JOIN run_changes AS line ON line.run_id = ? AND line.number = found.number
       LEFT JOIN audit_events ON sequence = audit_sequence
       ORDER BY line.number`,
    )
    .all(...parameters, limit, place.skipped, id);
  return rows.map((row) => ({
    number: row.number,
    change: row.change as ChangeKind,
    username: row.username,
    directoryId: row.directory_id,
    reason: row.reason,
    fields: row.fields === null ? {} : JSON.parse(row.fields),
    auditSequence: row.audit_sequence,
  }));
}

export function countChanges(store: Store, id: number, query: ChangeQuery): number {
  const { sql, parameters } = whichChanges(id, query);
  return store.prepare<{ count: number }>(`SELECT count(*) AS count ${sql}`).get(...parameters)?.count ?? 0;
}

function whichChanges(id: number, { change, text = '', after = 0 }: ChangeQuery) {
  const parameters: SqlValue[] = [id, after];
  let sql = 'FROM run_changes';
  let where = 'WHERE run_id = ? AND number > ?';
  if (change !== undefined) {
    where += ' AND change = ?';
    parameters.push(change);
  }
  if (text !== '') {
    sql += ' LEFT JOIN audit_events ON sequence = audit_sequence';
    where += ` AND (coalesce(username, target) LIKE ? ESCAPE '\\'
      OR coalesce(run_changes.reason, audit_events.reason) LIKE ? ESCAPE '\\')`;
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    parameters.push(pattern, pattern);
  }
  return { sql: `${sql} ${where}`, parameters };
}
