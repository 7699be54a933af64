import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type MarkedContainer,
  markedContainers,
} from '../../../src/screens/directory-import/places/marked-containers.ts';
import { initialTree, reduceTree, type TreeState } from '../../../src/screens/widgets/tree/state.ts';
import { isMarkedInTree } from '../../../src/screens/widgets/tree/tree-marks.ts';

/** A tree of numbers in which n has the children 3n - 1, 3n and 3n + 1; all of it is loaded. */
const parentOf = (id: string) => (id === '1' ? null : String(Math.floor((Number(id) + 1) / 3)));
const ids = Array.from({ length: 80 }, (_, index) => String(index + 1));

function wholeTree(): TreeState {
  const byParent = Map.groupBy(ids, parentOf);
  return [...byParent].reduce((tree, [parent, children]) => {
    const nodes = children.map((id) => ({ id, label: id, hasChildren: byParent.has(id) }));
    return reduceTree(tree, { type: 'loaded', parent, nodes });
  }, initialTree());
}

const toggle = (tree: TreeState, id: string) => reduceTree(tree, { type: 'toggle-mark', id });

/** Those who are taken: everybody is directly in a container of their number. */
function taken(parts: readonly MarkedContainer[]): string[] {
  const isIn = (id: string, { dn, isDeep }: MarkedContainer) => {
    if (!isDeep) return id === dn;
    for (let at: string | null = id; at !== null; at = parentOf(at)) if (at === dn) return true;
    return false;
  };
  return ids.filter((id) => parts.some((part) => isIn(id, part)));
}

describe('marked containers', () => {
  test('are taken with all below, as one part', () => {
    expect(markedContainers(toggle(wholeTree(), '4'))).toEqual([{ dn: '4', isDeep: true }]);
  });

  test('without something below are taken around it', () => {
    const tree = toggle(toggle(wholeTree(), '4'), '12');
    expect(markedContainers(tree)).toEqual([
      { dn: '4', isDeep: false },
      { dn: '11', isDeep: true },
      { dn: '13', isDeep: true },
    ]);
  });

  test('are none without a mark', () => {
    expect(markedContainers(wholeTree())).toEqual([]);
  });

  test('take exactly those whose container is marked, each once', () => {
    const whole = wholeTree();
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ids), { maxLength: 12 }), (toggled) => {
        const tree = toggled.reduce(toggle, whole);
        const parts = markedContainers(tree);
        expect(taken(parts)).toEqual(ids.filter((id) => isMarkedInTree(tree.marks, parentOf, id)));
        expect(new Set(parts.map(({ dn }) => dn)).size).toBe(parts.length);
      }),
    );
  });
});
