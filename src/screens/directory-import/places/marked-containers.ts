import type { TreeState } from '../../widgets/tree/state.ts';
import { isMarkedInTree } from '../../widgets/tree/tree-marks.ts';

/** A container to take, whole or only what is directly in it. */
export interface MarkedContainer {
  readonly dn: string;
  readonly isDeep: boolean;
}

/**
 * The marks of a tree of containers as parts that can be asked of a directory, which knows "everything below" but
 * not "except": where something below is left out, the parts around it are named one by one. All of them were
 * loaded, because somebody took a mark away there.
 */
export function markedContainers(tree: TreeState): readonly MarkedContainer[] {
  const parts: MarkedContainer[] = [];
  const parentOf = (id: string) => tree.nodes.get(id)?.parent ?? null;
  const excluded = [...tree.marks].filter(([, isMarked]) => !isMarked).map(([id]) => id);
  const hasExcluded = (id: string) => excluded.some((other) => isBelow(parentOf, other, id));

  function take(dn: string): void {
    if (!hasExcluded(dn)) {
      parts.push({ dn, isDeep: true });
      return;
    }
    parts.push({ dn, isDeep: false });
    const children = tree.children.get(dn);
    if (!Array.isArray(children)) return;
    for (const child of children as readonly string[]) {
      // A mark of its own starts a part of its own.
      if (!tree.marks.has(child) && isMarkedInTree(tree.marks, parentOf, child)) take(child);
    }
  }

  for (const [dn, isMarked] of tree.marks) if (isMarked) take(dn);
  return parts;
}

function isBelow(parentOf: (id: string) => string | null, id: string, ancestor: string): boolean {
  for (let at = parentOf(id); at !== null; at = parentOf(at)) if (at === ancestor) return true;
  return false;
}
