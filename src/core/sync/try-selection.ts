import type { Directory, SingleSelection } from '../directory/directory.ts';
import type { CompareServices } from './compare-selection.ts';
import { placeItems } from './sync-directory.ts';
import { type ItemSelection, type SyncItem, selectionAt } from './sync-item.ts';

/** Whom a selection finds now. */
export interface FoundUsers {
  readonly count: number;
  /** Usernames of the first of them, or DNs of those who have none. */
  readonly names: readonly string[];
}

/** A selection to be tried, with the name of the item that it is for. */
export interface TriedSelection extends Pick<SyncItem, 'name'> {
  /** One with the directory id of its place is tried where that is now; any other one where its DN says. */
  readonly selection: ItemSelection | SingleSelection;
}

const mostNames = 200;

/** Counts whom a selection finds, of all items alone. @throws {MfaError} `directory.*` */
export async function trySelection(
  tried: TriedSelection,
  { openDirectory }: Pick<CompareServices, 'openDirectory'>,
  signal?: AbortSignal,
): Promise<FoundUsers> {
  const options = signal === undefined ? {} : { signal };
  const directory = await openDirectory(signal);
  try {
    const selection = await placeOf(tried, directory, signal);
    const names: string[] = [];
    for await (const { users } of directory.users(selection, options)) {
      names.push(...users.slice(0, mostNames).map(({ username, dn }) => username ?? dn));
      break;
    }
    return { names, count: await directory.count(selection, options) };
  } finally {
    await directory.close();
  }
}

async function placeOf(
  { name, selection }: TriedSelection,
  directory: Directory,
  signal: AbortSignal | undefined,
): Promise<SingleSelection> {
  if (!('directoryId' in selection)) return selection;
  const [placed] = await placeItems([{ name, selection }], directory, signal);
  return placed?.selection ?? selectionAt(selection, selection.dn);
}
