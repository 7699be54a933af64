import type { SingleSelection } from '../../../core/directory/directory.ts';

/** Where the cursor is in the left pane: whose people are listed, and who is imported when nobody is marked. */
export type Place =
  | {
      readonly kind: 'container';
      readonly dn: string;
      readonly name: string;
      /** With everything below it. */
      readonly isDeep: boolean;
      /** How many users that is; null while nobody knows. */
      readonly users: number | null;
    }
  | {
      readonly kind: 'group';
      readonly dn: string;
      readonly name: string;
      /** With the members of groups in it. */
      readonly isDeep: boolean;
    }
  | {
      readonly kind: 'search';
      readonly text: string;
      /** Finds the same people, as the directory said; null before it has answered. */
      readonly filter: string | null;
    };

/** Whether people of one place are those of the other. */
export function isSamePlace(a: Place | null, b: Place | null): boolean {
  return a === b || (a !== null && b !== null && keyOf(a) === keyOf(b));
}

function keyOf(place: Place): string {
  if (place.kind === 'search') return `search ${place.text}`;
  return `${place.kind} ${place.isDeep} ${place.dn}`;
}

export function placeTitle(place: Place): string {
  if (place.kind === 'search') return `found for ${place.text}`;
  if (place.kind === 'group') return place.isDeep ? `${place.name} with nested groups` : place.name;
  return place.isDeep ? `${place.name} and below` : `${place.name} only`;
}

/** The people of a place as an import takes them; null while that is not known. */
export function placeSelection(place: Place): SingleSelection | null {
  switch (place.kind) {
    case 'container':
      return { scope: 'container', dn: place.dn, includeSubtree: place.isDeep };
    case 'group':
      return { scope: 'group', dn: place.dn, isRecursive: place.isDeep };
    case 'search':
      return place.filter === null ? null : { scope: 'filter', filter: place.filter };
  }
}
