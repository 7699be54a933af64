/**
 * A set of ids that changes one by one at little cost, however many there are: changes are kept beside a
 * large base and merged into it now and then. Never changed in place.
 */
export interface Marks {
  readonly base: ReadonlySet<string>;
  readonly changes: ReadonlyMap<string, boolean>;
  readonly size: number;
}

const mostChanges = 256;

export const noMarks: Marks = { base: new Set(), changes: new Map(), size: 0 };

export function isMarked(marks: Marks, id: string): boolean {
  return marks.changes.get(id) ?? marks.base.has(id);
}

/** `toggle` inverts each of the ids. */
export type MarkMode = 'add' | 'remove' | 'toggle';

export function changeMarks(marks: Marks, ids: readonly string[], mode: MarkMode): Marks {
  if (ids.length + marks.changes.size > mostChanges) return changeAll(marks, ids, mode);
  const changes = new Map(marks.changes);
  let { size } = marks;
  for (const id of ids) {
    const was = changes.get(id) ?? marks.base.has(id);
    const is = mode === 'toggle' ? !was : mode === 'add';
    if (was !== is) size += is ? 1 : -1;
    changes.set(id, is);
  }
  return { base: marks.base, changes, size };
}

function changeAll(marks: Marks, ids: readonly string[], mode: MarkMode): Marks {
  const base = new Set(markedIds(marks));
  for (const id of ids) {
    if (mode === 'add' || (mode === 'toggle' && !base.has(id))) base.add(id);
    else base.delete(id);
  }
  return { base, changes: new Map(), size: base.size };
}

/** All marked ids. */
export function markedIds(marks: Marks): string[] {
  const ids = marks.base.size === 0 ? [] : [...marks.base].filter((id) => marks.changes.get(id) !== false);
  for (const [id, is] of marks.changes) if (is && !marks.base.has(id)) ids.push(id);
  return ids;
}
