import { MfaError } from '../errors.ts';
import { disarm, rearm } from '../formula-text.ts';
import { stateOf, type User, type UserFields } from './user.ts';
import type { UserPatch } from './user-input.ts';

/** Columns that an import of the same file sets. */
export const editableColumns = [
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'phone',
  'extension',
  'backupPhone',
  'backupExtension',
  'method',
  'mode',
  'languagePhoneCall',
  'languageTextMessage',
  'languageMobileApp',
  'languageOathToken',
  'enabled',
  'pinMustChange',
  'mayChangePhone',
  'mayChangePin',
  'whenDisabled',
] as const satisfies readonly (keyof UserFields)[];
type EditableColumn = (typeof editableColumns)[number];

/** Columns that an export has for the reader; an import passes over them. */
const readOnlyColumns = [
  'state',
  'source',
  'directoryId',
  'hasPin',
  'lastAuthenticatedAt',
  'createdAt',
] as const;

export const exportColumns = [...editableColumns, ...readOnlyColumns];

/** A user as the cells of a CSV line, in the order of {@link exportColumns}. */
export function csvCells(user: User, now: string): string[] {
  const values = { ...user, state: stateOf(user, now) };
  return exportColumns.map((column) => {
    const value = values[column];
    if (value === null) return '';
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return isPhoneColumn(column) ? value : disarm(value);
  });
}

/** E.164 is digits behind its plus sign: no formula, and other programs want it as it is. */
function isPhoneColumn(column: string): boolean {
  return column === 'phone' || column === 'backupPhone';
}

/** What the columns of a file mean. */
export interface CsvHeader {
  /** The field of each column; null for one that is passed over. */
  columns: (EditableColumn | null)[];
  /** Titles that say nothing to us. */
  unknown: string[];
}

/**
 * Reads the titles of the columns, without regard to case, spaces and hyphens; usual titles of other programs
 * are known.
 * @throws {MfaError} `csv.invalid` when no column is the username, or two are the same
 */
export function readHeader(titles: readonly string[]): CsvHeader {
  const header: CsvHeader = { columns: [], unknown: [] };
  for (const title of titles) {
    const key = title.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
    const column = columnByKey.get(key) ?? null;
    if (column !== null && header.columns.includes(column)) {
      throw new MfaError('csv.invalid', `Two columns of the file are the ${column}.`, {
        advice: 'Remove or rename one of them.',
      });
    }
    header.columns.push(column);
    if (column === null && !ignoredKeys.has(key) && key !== '') header.unknown.push(title);
  }
  if (!header.columns.includes('username')) {
    throw new MfaError('csv.invalid', 'The first line of the file does not name a column "username".', {
      advice: `Name the columns in the first line; they can be ${editableColumns.join(', ')}.`,
    });
  }
  return header;
}

const columnByKey = new Map<string, EditableColumn>([
  ...editableColumns.map((column) => [column.toLowerCase(), column] as const),
  ['user', 'username'],
  ['upn', 'username'],
  ['userprincipalname', 'username'],
  ['givenname', 'firstName'],
  ['surname', 'lastName'],
  ['sn', 'lastName'],
  ['mail', 'email'],
  ['emailaddress', 'email'],
  ['group', 'userGroup'],
  ['phonenumber', 'phone'],
  ['mobile', 'phone'],
  ['mobilephone', 'phone'],
]);
const ignoredKeys = new Set<string>(readOnlyColumns.map((column) => column.toLowerCase()));

/**
 * The cells of a line as what an administrator would type. An empty cell clears a text and leaves a yes or no
 * alone; columns that the file does not have stay as they are.
 * @throws {MfaError} `user.invalid`
 */
export function patchOfCells(header: CsvHeader, cells: readonly string[]): UserPatch {
  const patch: Record<string, string | boolean | null> = {};
  header.columns.forEach((column, index) => {
    if (column === null) return;
    const cell = rearm(cells[index] ?? '').trim();
    if (column === 'enabled' || column === 'pinMustChange') {
      if (cell !== '') patch[column] = readBoolean(column, cell);
    } else if (column === 'mayChangePhone' || column === 'mayChangePin') {
      patch[column] = cell === '' ? null : readBoolean(column, cell);
    } else {
      patch[column] = cell === '' ? null : cell;
    }
  });
  if (patch.username === null) patch.username = '';
  if (patch.mode === null) delete patch.mode;
  return patch as UserPatch;
}

function readBoolean(column: string, cell: string): boolean {
  if (/^(yes|true|1)$/i.test(cell)) return true;
  if (/^(no|false|0)$/i.test(cell)) return false;
  throw new MfaError('user.invalid', `The user cannot be stored: ${column} must be yes or no.`);
}
