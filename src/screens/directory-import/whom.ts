import { countOf } from '../../core/count-text.ts';
import type { Selection, SingleSelection } from '../../core/directory/directory.ts';
import type { MarkedContainer } from './places/marked-containers.ts';
import { type Place, placeSelection, placeTitle } from './places/place.ts';

/** Whom an import takes. */
export interface Whom {
  readonly selection: Selection;
  /** "2 marked users", "OU=Sales and below". */
  readonly text: string;
  /** How many users that is, those who are in several parts counted several times; null when nobody has counted. */
  readonly users: number | null;
}

/** With the number as far as it is known. */
export function whomText({ text, selection, users }: Whom): string {
  if (users === null) return text;
  const most = selection.scope === 'several' ? 'at most ' : '';
  return `${text} (${most}${countOf(users, 'user')})`;
}

export interface Marked {
  /** Directory ids. */
  readonly users: readonly string[];
  readonly containers: readonly MarkedContainer[];
  /** DNs. */
  readonly groups: readonly string[];
  /** Groups count with the members of groups in them. */
  readonly isDeep: boolean;
  /** How many users a container has, directly or with all below; null when nobody knows. */
  usersOf(container: MarkedContainer): number | null;
}

/** All that is marked; where nothing is, the place of the cursor. Null when there is neither. */
export function whomToImport(marked: Marked, place: Place | null, found: number | null): Whom | null {
  const { users, containers, groups, isDeep } = marked;
  const selections: SingleSelection[] = [
    ...containers.map(
      (one): SingleSelection => ({ scope: 'container', dn: one.dn, includeSubtree: one.isDeep }),
    ),
    ...groups.map((dn): SingleSelection => ({ scope: 'group', dn, isRecursive: isDeep })),
    ...(users.length > 0 ? [{ scope: 'users', names: users } as const] : []),
  ];
  const [first] = selections;
  if (first === undefined) return place === null ? null : whomAt(place, found);
  const counts = [...containers.map(marked.usersOf), ...groups.map(() => null), users.length];
  const parts = [
    ...(containers.length > 0 ? [countOf(containers.length, 'marked container')] : []),
    ...(groups.length > 0 ? [groupsText(groups.length, isDeep)] : []),
    ...(users.length > 0 ? [countOf(users.length, 'marked user')] : []),
  ];
  return {
    selection: selections.length === 1 ? first : { scope: 'several', selections },
    text: parts.join(', '),
    users: counts.reduce<number | null>(
      (sum, count) => (sum === null || count === null ? null : sum + count),
      0,
    ),
  };
}

function groupsText(count: number, isDeep: boolean): string {
  const text = countOf(count, 'marked group');
  return isDeep ? `${text} with nested groups` : text;
}

function whomAt(place: Place, found: number | null): Whom | null {
  const selection = placeSelection(place);
  if (selection === null) return null;
  const known = place.kind === 'container' && place.users !== null ? place.users : found;
  const text = place.kind === 'search' ? `all ${placeTitle(place)}` : placeTitle(place);
  return { selection, text, users: known };
}

/** What an earlier run was told to take, in the words of the directory. */
export function selectionText(selection: Selection): string {
  switch (selection.scope) {
    case 'users':
      return countOf(selection.names.length, 'user');
    case 'container':
      return selection.includeSubtree ? `${selection.dn} and below` : `${selection.dn} only`;
    case 'group':
      return selection.isRecursive ? `${selection.dn} with nested groups` : selection.dn;
    case 'filter':
      return selection.filter;
    case 'several':
      return selection.selections.map(selectionText).join(', ');
  }
}
