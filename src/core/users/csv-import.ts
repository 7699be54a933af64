import { isMfaError, MfaError } from '../errors.ts';
import { rearm } from '../formula-text.ts';
import { fieldsOfNewUser, insertUser, withoutPin } from './add-user.ts';
import { type BulkOptions, eachUser } from './bulk.ts';
import { csvRecords } from './csv-records.ts';
import { editUser } from './edit-user.ts';
import { findUserRow } from './find-user.ts';
import { usernameKey } from './user.ts';
import { type CsvHeader, patchOfCells, readHeader } from './user-csv.ts';
import type { UserInput } from './user-input.ts';
import type { UsersContext } from './users-context.ts';
import type { FieldChanges } from './write-change.ts';

export interface CsvImportOptions extends BulkOptions {
  /** Users who are already there are changed; else they are skipped. */
  update?: boolean | undefined;
}

/** What became of a line, or would become in a dry run. */
export interface CsvLine {
  /** Number of the line in the file, from 1; where it starts, when a cell has line breaks. */
  line: number;
  username: string;
  outcome: 'added' | 'updated' | 'unchanged' | 'skipped' | 'failed';
  fields: FieldChanges;
  /** Why it was skipped or failed. */
  reason: string | null;
}

/** First the columns that are not understood, then the lines, in chunks that are each one transaction. */
export type CsvImportPart = { unknownColumns: string[] } | { lines: CsvLine[] };

interface Entry {
  line: number;
  username: string;
  input: UserInput | MfaError;
}

const linesPerChunk = 500;

/**
 * Imports users from CSV with titles in its first line; `,`, `;` or tab between the cells. A line that fails
 * is reported and the others are imported. Needs memory for one chunk and the usernames of the file.
 * @throws {MfaError} `csv.invalid` when the file cannot be read as CSV or has no username column
 */
export async function* importUsersFromCsv(
  context: UsersContext,
  source: AsyncIterable<Uint8Array>,
  options: CsvImportOptions,
): AsyncGenerator<CsvImportPart> {
  const linesByUsername = new Map<string, number>();
  let header: CsvHeader | undefined;
  let chunk: Entry[] = [];
  for await (const { cells, line } of csvRecords(source)) {
    if (header === undefined) {
      header = readHeader(cells);
      yield { unknownColumns: header.unknown };
      continue;
    }
    chunk.push(entryOf(header, cells, line, linesByUsername));
    if (chunk.length < linesPerChunk) continue;
    yield { lines: await importChunk(context, chunk, options) };
    chunk = [];
  }
  if (header === undefined) throw new MfaError('csv.invalid', 'The file is empty.');
  if (chunk.length > 0) yield { lines: await importChunk(context, chunk, options) };
}

function entryOf(
  header: CsvHeader,
  cells: readonly string[],
  line: number,
  linesByUsername: Map<string, number>,
): Entry {
  const username = rearm(cells[header.columns.indexOf('username')] ?? '').trim();
  try {
    const key = usernameKey(username);
    const earlier = linesByUsername.get(key);
    if (earlier !== undefined) {
      const message = `The user "${username}" stands already in line ${earlier}.`;
      throw new MfaError('user.invalid', message);
    }
    linesByUsername.set(key, line);
    return { line, username, input: { ...patchOfCells(header, cells), username } };
  } catch (error) {
    if (!isMfaError(error)) throw error;
    return { line, username, input: error };
  }
}

async function importChunk(
  context: UsersContext,
  chunk: readonly Entry[],
  options: CsvImportOptions,
): Promise<CsvLine[]> {
  const settings = context.companySettings.load();
  const results = await eachUser(
    context,
    chunk.map(({ username }) => username),
    options,
    (username, index): Omit<CsvLine, 'line'> => {
      const input = chunk[index]?.input;
      if (input === undefined || isMfaError(input)) throw input;
      if (findUserRow(context.store, username) === undefined) {
        const fields = fieldsOfNewUser(input, settings);
        const added = insertUser(context, fields, 'csv', withoutPin, options);
        return { username, outcome: 'added', fields: added.fields, reason: null };
      }
      if (!options.update) {
        return { username, outcome: 'skipped', fields: {}, reason: 'the user is already there' };
      }
      const { username: _, ...patch } = input;
      const { changed, fields } = editUser(context, username, patch, options);
      return { username, outcome: changed ? 'updated' : 'unchanged', fields, reason: null };
    },
  );
  return results.map(({ username, result, error }, index) => {
    const line = chunk[index]?.line ?? 0;
    return result === undefined
      ? { line, username, outcome: 'failed', fields: {}, reason: error.sentence }
      : { line, ...result };
  });
}
