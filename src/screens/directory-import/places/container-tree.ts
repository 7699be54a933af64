import { countText } from '../../../core/count-text.ts';
import type { Container } from '../../../core/directory/directory.ts';
import { isMfaError, MfaError } from '../../../core/errors.ts';
import { createTree, type Tree } from '../../widgets/tree/tree.ts';
import type { TreeNode } from '../../widgets/tree/tree-source.ts';
import type { DirectorySession } from './directory-session.ts';
import type { MarkedContainer } from './marked-containers.ts';
import type { Place } from './place.ts';

/** The containers of the directory below its base DN, each level read when it is opened. */
export interface ContainerTree {
  readonly tree: Tree;
  /** The container under the cursor. */
  place(isDeep: boolean): Place | null;
  /** How many users a container has; null when that was not counted. */
  usersOf(container: MarkedContainer): number | null;
}

/** @param onFailure called with a level that could not be read */
export function createContainerTree(
  session: DirectorySession,
  onFailure: (error: unknown) => void,
): ContainerTree {
  const counts = new Map<string, number>();

  const tree = createTree({
    async children(parent) {
      if (parent !== null) return readLevel(parent);
      const { baseDn, label } = await session.read(async ({ baseDn, label }) => ({ baseDn, label }));
      return [{ id: baseDn, label, hasChildren: true }];
    },
  });

  async function readLevel(parent: string): Promise<readonly TreeNode[]> {
    try {
      const containers = await session.read((directory, signal) => directory.containers(parent, { signal }));
      for (const { dn, users } of containers) counts.set(dn, users);
      return containers.map(nodeOf);
    } catch (error) {
      if (isMfaError(error, 'run.cancelled')) {
        throw new MfaError('run.cancelled', 'Stopped.', { advice: 'r reads again.', cause: error });
      }
      onFailure(error);
      throw error;
    }
  }

  // The base DN is opened as soon as it is known.
  const stop = tree.subscribe(() => {
    const [root] = tree.get().rows;
    if (root === undefined) return;
    stop();
    tree.expand(root.id);
  });

  return {
    tree,
    place(isDeep) {
      const node = tree.current();
      if (node === undefined) return null;
      const users = isDeep ? (counts.get(node.id) ?? null) : null;
      return { kind: 'container', dn: node.id, name: node.label, isDeep, users };
    },
    usersOf({ dn, isDeep }) {
      const all = counts.get(dn);
      if (isDeep || all === undefined) return all ?? null;
      const children = tree.get().children.get(dn);
      if (!Array.isArray(children)) return null;
      return (children as readonly string[]).reduce((rest, child) => rest - (counts.get(child) ?? 0), all);
    },
  };
}

/** With the kind of the container, which its name alone does not tell: `OU=Sales`, `CN=Users`. */
function nodeOf({ dn, name, users, hasChildren }: Container): TreeNode {
  const kind = /^[a-z]+(?==)/i.exec(dn)?.[0].toUpperCase() ?? '';
  return {
    id: dn,
    label: kind === '' ? name : `${kind}=${name}`,
    detail: countText(users),
    hasChildren,
  };
}
