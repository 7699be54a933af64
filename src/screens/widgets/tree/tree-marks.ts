/**
 * Marks of a tree that is never known whole. A mark on a node holds for all below it, also for those that are
 * loaded later, until a node below says otherwise: only the nodes where that changes are kept.
 */
export type TreeMarks = ReadonlyMap<string, boolean>;

/** How a node is drawn: `partly` when something below it differs from itself. */
export type MarkState = 'on' | 'off' | 'partly';

/** The parent of a node that was loaded; null for a root. */
export type ParentOf = (id: string) => string | null;

/** Whether a node is marked, by itself or by the nearest one above that says so. */
export function isMarkedInTree(marks: TreeMarks, parentOf: ParentOf, id: string): boolean {
  for (let at: string | null = id; at !== null; at = parentOf(at)) {
    const own = marks.get(at);
    if (own !== undefined) return own;
  }
  return false;
}

export function markStateOf(marks: TreeMarks, parentOf: ParentOf, id: string): MarkState {
  const own = isMarkedInTree(marks, parentOf, id);
  for (const [other, value] of marks) {
    if (value !== own && other !== id && isBelow(parentOf, other, id)) return 'partly';
  }
  return own ? 'on' : 'off';
}

/** Marks a node with all below it, or takes that back; a partly marked one becomes marked. */
export function toggleTreeMark(marks: TreeMarks, parentOf: ParentOf, id: string): TreeMarks {
  const value = markStateOf(marks, parentOf, id) !== 'on';
  const next = new Map([...marks].filter(([other]) => other !== id && !isBelow(parentOf, other, id)));
  const parent = parentOf(id);
  const inherited = parent !== null && isMarkedInTree(next, parentOf, parent);
  if (inherited !== value) next.set(id, value);
  return next;
}

/** The nodes to take with all below them, and those below them to leave out. */
export function markedSubtrees(marks: TreeMarks): {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
} {
  const ids = (value: boolean) => [...marks].filter(([, own]) => own === value).map(([id]) => id);
  return { included: ids(true), excluded: ids(false) };
}

function isBelow(parentOf: ParentOf, id: string, ancestor: string): boolean {
  for (let at = parentOf(id); at !== null; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}
