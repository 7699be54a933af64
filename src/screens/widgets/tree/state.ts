import { type ParentOf, type TreeMarks, toggleTreeMark } from './tree-marks.ts';
import type { TreeNode } from './tree-source.ts';

interface Known extends TreeNode {
  readonly parent: string | null;
}

/** Children of a node: their ids, being loaded, or why loading failed. */
export type Children = readonly string[] | 'loading' | { readonly failure: string };

export interface TreeRow {
  readonly id: string;
  readonly depth: number;
}

export interface TreeState {
  readonly nodes: ReadonlyMap<string, Known>;
  /** By parent; the roots are under null. A parent that is missing was never asked for. */
  readonly children: ReadonlyMap<string | null, Children>;
  readonly expanded: ReadonlySet<string>;
  readonly marks: TreeMarks;
  /** The nodes that can be seen by scrolling, from the top down. */
  readonly rows: readonly TreeRow[];
  /** Id of the node under the cursor; null in an empty tree. */
  readonly cursor: string | null;
  readonly top: number;
  readonly height: number;
}

export type TreeAction =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'edge'; readonly to: 'first' | 'last' }
  | { readonly type: 'resize'; readonly height: number }
  | { readonly type: 'expand'; readonly id: string }
  | { readonly type: 'collapse'; readonly id: string }
  | { readonly type: 'loading'; readonly parent: string | null }
  | { readonly type: 'loaded'; readonly parent: string | null; readonly nodes: readonly TreeNode[] }
  | { readonly type: 'failed'; readonly parent: string | null; readonly message: string }
  | { readonly type: 'toggle-mark'; readonly id: string }
  | { readonly type: 'unmark-all' }
  | { readonly type: 'go'; readonly id: string };

export function initialTree(height = 20): TreeState {
  return {
    nodes: new Map(),
    children: new Map(),
    expanded: new Set(),
    marks: new Map(),
    rows: [],
    cursor: null,
    top: 0,
    height,
  };
}

export function reduceTree(state: TreeState, action: TreeAction): TreeState {
  switch (action.type) {
    case 'move':
      return moveTo(state, cursorIndex(state) + action.by);
    case 'page':
      return moveTo(state, cursorIndex(state) + action.by * Math.max(1, state.height - 1));
    case 'edge':
      return moveTo(state, action.to === 'first' ? 0 : state.rows.length - 1);
    case 'go':
      return moveTo(
        state,
        Math.max(
          0,
          state.rows.findIndex(({ id }) => id === action.id),
        ),
      );
    case 'resize':
      return moveTo({ ...state, height: Math.max(1, action.height) }, cursorIndex(state));
    case 'expand':
      return withRows({ ...state, expanded: new Set(state.expanded).add(action.id) });
    case 'collapse': {
      const expanded = new Set(state.expanded);
      expanded.delete(action.id);
      return withRows({ ...state, expanded });
    }
    case 'loading':
      return withChildren(state, action.parent, 'loading');
    case 'failed':
      return withChildren(state, action.parent, { failure: action.message });
    case 'loaded':
      return takeNodes(state, action.parent, action.nodes);
    case 'unmark-all':
      return { ...state, marks: new Map() };
    case 'toggle-mark':
      if (state.nodes.get(action.id)?.lockedBecause !== undefined) return state;
      return { ...state, marks: toggleTreeMark(state.marks, parentOf(state), action.id) };
  }
}

export function parentOf(state: TreeState): ParentOf {
  return (id) => state.nodes.get(id)?.parent ?? null;
}

export function cursorIndex(state: TreeState): number {
  return Math.max(
    0,
    state.rows.findIndex(({ id }) => id === state.cursor),
  );
}

function takeNodes(state: TreeState, parent: string | null, nodes: readonly TreeNode[]): TreeState {
  const known = new Map(state.nodes);
  for (const node of nodes) known.set(node.id, { ...node, parent });
  return withChildren(
    { ...state, nodes: known },
    parent,
    nodes.map(({ id }) => id),
  );
}

function withChildren(state: TreeState, parent: string | null, value: Children): TreeState {
  return withRows({ ...state, children: new Map(state.children).set(parent, value) });
}

/** Lists anew what is seen. The cursor stays on its node, or goes to the parent that was closed over it. */
function withRows(state: TreeState): TreeState {
  const rows: TreeRow[] = [];
  addRows(state, null, 0, rows);
  let cursor = state.cursor;
  const seen = new Set(rows.map(({ id }) => id));
  while (cursor !== null && !seen.has(cursor)) cursor = parentOf(state)(cursor);
  const next = { ...state, rows, cursor: cursor ?? rows[0]?.id ?? null };
  return moveTo(next, cursorIndex(next));
}

function addRows(state: TreeState, parent: string | null, depth: number, rows: TreeRow[]): void {
  const children = state.children.get(parent);
  if (!Array.isArray(children)) return;
  for (const id of children) {
    rows.push({ id, depth });
    if (state.expanded.has(id)) addRows(state, id, depth + 1, rows);
  }
}

function moveTo(state: TreeState, index: number): TreeState {
  const at = Math.max(0, Math.min(index, state.rows.length - 1));
  const cursor = state.rows[at]?.id ?? null;
  const highest = Math.max(0, state.rows.length - state.height);
  const top = Math.max(0, Math.min(state.top, at, highest), at - state.height + 1);
  return { ...state, cursor, top };
}
