import type { Directory, DirectoryPage, Selection } from '../../../core/directory/directory.ts';
import { type Place, placeSelection } from '../places/place.ts';
import { mostPeople, type PeopleAction } from './state.ts';

/** Reads who is at a place, as many as are listed, and how many there are; tells it page by page. */
export async function readPeople(
  directory: Directory,
  place: Place,
  signal: AbortSignal,
  tell: (part: DirectoryPage) => void,
): Promise<Extract<PeopleAction, { type: 'end' }> & { readonly filter?: string }> {
  if (place.kind === 'search') {
    const { users, filter, total = null } = await directory.search(place.text, mostPeople, { signal });
    tell({ users, unusable: [] });
    return { type: 'end', total, filter };
  }
  const selection = placeSelection(place);
  let read = 0;
  if (selection !== null) {
    for await (const page of directory.users(selection, { signal })) {
      tell(page);
      read += page.users.length;
      if (read > mostPeople)
        return { type: 'end', total: await countAll(directory, place, selection, signal) };
    }
  }
  return { type: 'end', total: read };
}

async function countAll(
  directory: Directory,
  place: Place,
  selection: Selection,
  signal: AbortSignal,
): Promise<number> {
  const known = place.kind === 'container' ? place.users : null;
  return known ?? directory.count(selection, { signal });
}
