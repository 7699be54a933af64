/** One node as its source knows it. */
export interface TreeNode {
  readonly id: string;
  readonly label: string;
  /** Shown at the right edge: a count. */
  readonly detail?: string | undefined;
  readonly hasChildren: boolean;
  /** Why it cannot be marked, as a sentence. */
  readonly lockedBecause?: string | undefined;
}

/** Where a tree gets its nodes, one level at a time. */
export interface TreeSource {
  /** The children of a node; of nothing, the roots. */
  children(parent: string | null): Promise<readonly TreeNode[]>;
}
