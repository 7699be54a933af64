import { changeMarks, type MarkMode, type Marks, noMarks } from './marks.ts';
import type { RowPage, RowQuery, Sort } from './row-source.ts';

/** Rows are loaded in blocks of so many. */
export const blockSize = 64;
/** Blocks that are kept; more would only be memory. */
const mostBlocks = 12;

interface Block<Row> {
  /** Of the data that it was loaded with; an older one is shown until the new one comes. */
  readonly revision: number;
  readonly rows: readonly Row[];
}

export interface TableState<Row> {
  readonly query: RowQuery;
  /** Rows that match, null until the first answer to the query. */
  readonly total: number | null;
  readonly totalOfAll: number | null;
  /** The total may be corrected by a later page. */
  readonly isEstimate: boolean;
  /** Rows that are seen at once. */
  readonly height: number;
  /** Index of the first row that is seen. */
  readonly top: number;
  readonly cursor: number;
  readonly blocks: ReadonlyMap<number, Block<Row>>;
  /** Counts queries and refreshes; answers to older ones are dropped. */
  readonly revision: number;
  readonly marks: Marks;
  /** Where a range began; null when none was begun. */
  readonly rangeStart: number | null;
  /** Why the last load failed, as a sentence. */
  readonly failure: string | null;
}

export type TableAction<Row> =
  | { readonly type: 'move'; readonly by: number }
  | { readonly type: 'page'; readonly by: 1 | -1 }
  | { readonly type: 'go'; readonly to: number }
  | { readonly type: 'resize'; readonly height: number }
  | { readonly type: 'filter'; readonly filter: string }
  | { readonly type: 'sort'; readonly sort: Sort | null }
  /** `cursor`: where the row under the cursor is now, when that is known. */
  | { readonly type: 'refresh'; readonly cursor?: number | undefined }
  | {
      readonly type: 'loaded';
      readonly revision: number;
      readonly block: number;
      readonly page: RowPage<Row>;
    }
  | { readonly type: 'failed'; readonly revision: number; readonly message: string }
  | { readonly type: 'mark'; readonly ids: readonly string[]; readonly mode: MarkMode }
  | { readonly type: 'unmark-all' }
  | { readonly type: 'range'; readonly start: number | null };

export function initialTable<Row>(query: RowQuery, height = 20): TableState<Row> {
  return {
    query,
    total: null,
    totalOfAll: null,
    isEstimate: false,
    height,
    top: 0,
    cursor: 0,
    blocks: new Map(),
    revision: 1,
    marks: noMarks,
    rangeStart: null,
    failure: null,
  };
}

export function reduceTable<Row>(state: TableState<Row>, action: TableAction<Row>): TableState<Row> {
  switch (action.type) {
    case 'move':
      return moveTo(state, state.cursor + action.by);
    case 'page':
      return turnPage(state, action.by);
    case 'go':
      return moveTo(state, action.to);
    case 'resize':
      return moveTo({ ...state, height: Math.max(1, action.height) }, state.cursor);
    case 'filter':
      if (action.filter === state.query.filter) return state;
      return restart(state, { ...state.query, filter: action.filter });
    case 'sort':
      return restart(state, { ...state.query, sort: action.sort });
    case 'refresh':
      return refresh(state, action.cursor ?? state.cursor);
    case 'loaded':
      return action.revision === state.revision ? takePage(state, action.block, action.page) : state;
    case 'failed':
      return action.revision === state.revision ? { ...state, failure: action.message } : state;
    case 'mark':
      return { ...state, marks: changeMarks(state.marks, action.ids, action.mode), rangeStart: null };
    case 'unmark-all':
      return { ...state, marks: noMarks, rangeStart: null };
    case 'range':
      return { ...state, rangeStart: action.start };
  }
}

/**
 * Moves the cursor inside the page, and the page only when the cursor leaves it. While nobody knows the number
 * of rows it moves freely, and the first answer puts it back among them: no key is lost to a slow source.
 */
function moveTo<Row>(state: TableState<Row>, index: number): TableState<Row> {
  const count = state.total ?? Number.MAX_SAFE_INTEGER;
  const cursor = Math.max(0, Math.min(index, count - 1));
  const highest = Math.max(0, count - state.height);
  const top = Math.max(0, Math.min(state.top, cursor, highest), cursor - state.height + 1);
  return cursor === state.cursor && top === state.top ? state : { ...state, cursor, top };
}

function turnPage<Row>(state: TableState<Row>, by: 1 | -1): TableState<Row> {
  const count = state.total ?? Number.MAX_SAFE_INTEGER;
  const highest = Math.max(0, count - state.height);
  const top = Math.max(0, Math.min(state.top + by * state.height, highest));
  // At either end the page stays and the cursor goes to the end.
  if (top === state.top) return moveTo(state, by === 1 ? count - 1 : 0);
  return moveTo({ ...state, top }, top + (state.cursor - state.top));
}

/** The row under the cursor stays on its line of the screen, wherever it went in the list. */
function refresh<Row>(state: TableState<Row>, cursor: number): TableState<Row> {
  const top = Math.max(0, state.top + cursor - state.cursor);
  return { ...state, cursor, top, revision: state.revision + 1, rangeStart: null, failure: null };
}

function restart<Row>(state: TableState<Row>, query: RowQuery): TableState<Row> {
  return {
    ...state,
    query,
    revision: state.revision + 1,
    total: null,
    blocks: new Map(),
    top: 0,
    cursor: 0,
    rangeStart: null,
    failure: null,
  };
}

function takePage<Row>(state: TableState<Row>, block: number, page: RowPage<Row>): TableState<Row> {
  const blocks = new Map(state.blocks);
  blocks.set(block, { revision: state.revision, rows: page.rows });
  dropFarthest(blocks, Math.floor(state.top / blockSize));
  const taken = {
    ...state,
    blocks,
    total: page.total,
    totalOfAll: page.totalOfAll ?? state.totalOfAll,
    isEstimate: page.isEstimate === true,
    failure: null,
  };
  return moveTo(taken, state.cursor);
}

function dropFarthest(blocks: Map<number, unknown>, center: number): void {
  while (blocks.size > mostBlocks) {
    let farthest = center;
    for (const index of blocks.keys()) {
      if (Math.abs(index - center) > Math.abs(farthest - center)) farthest = index;
    }
    blocks.delete(farthest);
  }
}

/** The row at an index; undefined while it is not loaded. */
export function rowAt<Row>(state: TableState<Row>, index: number): Row | undefined {
  return state.blocks.get(Math.floor(index / blockSize))?.rows[index % blockSize];
}

/** The row under the cursor; undefined in an empty list and while it is not loaded. */
export function currentRow<Row>(state: TableState<Row>): Row | undefined {
  return state.total === null || state.total === 0 ? undefined : rowAt(state, state.cursor);
}

/** Blocks that must be loaded for what is seen, and, with `isAhead`, for the next page in both directions. */
export function missingBlocks<Row>(state: TableState<Row>, isAhead: boolean): number[] {
  if (state.total === null) return state.blocks.has(0) ? [] : [0];
  const around = isAhead ? state.height : 0;
  const last = Math.max(0, state.total - 1);
  const from = Math.floor(Math.max(0, state.top - around) / blockSize);
  const to = Math.floor(Math.min(last, state.top + state.height - 1 + around) / blockSize);
  const missing: number[] = [];
  for (let block = from; block <= to; block++) {
    if (state.blocks.get(block)?.revision !== state.revision) missing.push(block);
  }
  return missing;
}
