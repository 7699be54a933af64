import { failureText } from '../../text/failure-text.ts';
import type { KnownRow, RowSource } from './row-source.ts';
import { blockSize, missingBlocks, type TableAction, type TableState } from './state.ts';

/** Loads what a table lacks: first what is seen, then a page before and after it. */
export interface BlockLoader {
  /** Begins to load what is missing and not on its way; call it after every change of the state. */
  load(): void;
  /** Resolves when nothing is on its way any more. */
  idle(): Promise<void>;
}

export function createBlockLoader<Row>(
  source: RowSource<Row>,
  state: () => TableState<Row>,
  dispatch: (action: TableAction<Row>) => void,
): BlockLoader {
  const onTheWay = new Map<string, Promise<void>>();

  async function loadBlock(block: number): Promise<void> {
    const { query, revision } = state();
    try {
      const near = nearestRow(state(), block);
      const page = await source.load(query, block * blockSize, blockSize, near);
      dispatch({ type: 'loaded', revision, block, page });
    } catch (error) {
      dispatch({ type: 'failed', revision, message: failureText(error) });
    }
  }

  return {
    load() {
      const now = state();
      // After a failure nothing is tried until somebody asks for it.
      if (now.failure !== null) return;
      const seen = missingBlocks(now, false);
      for (const block of seen.length > 0 ? seen : missingBlocks(now, true)) {
        const key = `${now.revision}:${block}`;
        if (onTheWay.has(key)) continue;
        const loading = Promise.resolve()
          .then(() => loadBlock(block))
          .finally(() => onTheWay.delete(key));
        onTheWay.set(key, loading);
      }
    },
    async idle() {
      while (onTheWay.size > 0) await Promise.all(onTheWay.values());
    },
  };
}

/** The last row before a block or the first after it, where the neighbour is loaded. */
function nearestRow<Row>(state: TableState<Row>, block: number): KnownRow<Row> | null {
  const before = state.blocks.get(block - 1);
  const after = state.blocks.get(block + 1);
  const lastBefore = before?.revision === state.revision ? before.rows.at(-1) : undefined;
  if (before && lastBefore !== undefined) {
    return { offset: (block - 1) * blockSize + before.rows.length - 1, row: lastBefore };
  }
  const firstAfter = after?.revision === state.revision ? after.rows[0] : undefined;
  return firstAfter === undefined ? null : { offset: (block + 1) * blockSize, row: firstAfter };
}
