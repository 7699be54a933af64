import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import { createReducerStore, type Store } from '../../store.ts';
import { failureText } from '../../text/failure-text.ts';
import { type TreeCommandId, treeCommands } from './keys.ts';
import { initialTree, parentOf, reduceTree, type TreeAction, type TreeState } from './state.ts';
import type { TreeNode, TreeSource } from './tree-source.ts';

/** A tree that loads each level when it is opened. */
export interface Tree extends Pick<Store<TreeState>, 'get' | 'subscribe'> {
  readonly commands: readonly BoundCommand[];
  dispatch(action: TreeAction): void;
  run(id: TreeCommandId): void;
  current(): TreeNode | undefined;
  /** Opens a node, loading its children if nobody has. */
  expand(id: string): void;
  /** Reads the children of a node again; of nothing, the roots. */
  reload(parent: string | null): void;
  /** Resolves when nothing is being loaded. */
  settled(): Promise<void>;
}

export function createTree(source: TreeSource): Tree {
  const store = createReducerStore<TreeState, TreeAction>(reduceTree, initialTree());
  const loads = new Map<string | null, Promise<void>>();

  function load(parent: string | null): void {
    if (loads.has(parent)) return;
    if (!Array.isArray(store.get().children.get(parent))) store.dispatch({ type: 'loading', parent });
    const work = async () => {
      try {
        store.dispatch({ type: 'loaded', parent, nodes: await source.children(parent) });
      } catch (error) {
        store.dispatch({ type: 'failed', parent, message: failureText(error) });
      } finally {
        loads.delete(parent);
      }
    };
    loads.set(parent, work());
  }

  function expand(id: string): void {
    const { nodes, children } = store.get();
    if (nodes.get(id)?.hasChildren !== true) return;
    if (!Array.isArray(children.get(id))) load(id);
    store.dispatch({ type: 'expand', id });
  }

  /** Opens what is closed; goes to the first child of what is open. */
  function goInto(id: string): void {
    const { expanded, children } = store.get();
    const below = children.get(id);
    if (!expanded.has(id) || !Array.isArray(below)) expand(id);
    else if (below[0] !== undefined) store.dispatch({ type: 'go', id: below[0] });
  }

  /** Closes what is open; goes up from what is closed. */
  function goOut(id: string): void {
    if (store.get().expanded.has(id)) {
      store.dispatch({ type: 'collapse', id });
      return;
    }
    const parent = parentOf(store.get())(id);
    if (parent !== null) store.dispatch({ type: 'go', id: parent });
  }

  const moves: Partial<Record<TreeCommandId, TreeAction>> = {
    'tree.up': { type: 'move', by: -1 },
    'tree.down': { type: 'move', by: 1 },
    'tree.pageUp': { type: 'page', by: -1 },
    'tree.pageDown': { type: 'page', by: 1 },
    'tree.first': { type: 'edge', to: 'first' },
    'tree.last': { type: 'edge', to: 'last' },
  };

  function run(id: TreeCommandId): void {
    const move = moves[id];
    if (move !== undefined) store.dispatch(move);
    const { cursor } = store.get();
    if (id === 'tree.refresh') load(cursor === null ? null : parentOf(store.get())(cursor));
    if (cursor === null) return;
    if (id === 'tree.expand') goInto(cursor);
    if (id === 'tree.collapse') goOut(cursor);
    if (id === 'tree.mark') store.dispatch({ type: 'toggle-mark', id: cursor });
  }

  load(null);
  return {
    get: store.get,
    subscribe: store.subscribe,
    commands: bindCommands(treeCommands, store.get, run),
    dispatch: store.dispatch,
    run,
    current: () => store.get().nodes.get(store.get().cursor ?? ''),
    expand,
    reload: load,
    async settled() {
      while (loads.size > 0) await Promise.all(loads.values());
    },
  };
}
