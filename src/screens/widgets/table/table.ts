import { type BoundCommand, bindCommands } from '../../commands/command.ts';
import { createStore, type Store } from '../../store.ts';
import type { InputEvent } from '../../terminal/input-event.ts';
import { createBlockLoader } from './block-loader.ts';
import { nextSort, type TableColumn } from './columns.ts';
import { createFilter, type Filter } from './filter.ts';
import { type TableCommandId, tableCommands, tableMove, withoutMarks } from './keys.ts';
import { type MarkMode, markedIds } from './marks.ts';
import type { RowQuery, RowSource } from './row-source.ts';
import {
  blockSize,
  currentRow,
  initialTable,
  missingBlocks,
  reduceTable,
  rowAt,
  type TableAction,
  type TableState,
} from './state.ts';

export interface TableOptions<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly source: RowSource<Row>;
  idOf(row: Row): string;
  /** Default: no filter, sorted by the first column that can be sorted. */
  readonly query?: RowQuery;
  /** Whether rows can be marked. Default true. */
  readonly isMarkable?: boolean;
  /** How long the old rows stay while new ones are loaded, in milliseconds. Default 80. */
  readonly settleMs?: number;
  /** Called when marking many rows failed, with a sentence. */
  onFailure?(message: string): void;
}

/** A list: its state, its keys and its rows' source. What it publishes to `subscribe` is what is drawn. */
export interface Table<Row> extends Pick<Store<TableState<Row>>, 'get' | 'subscribe'> {
  readonly options: TableOptions<Row>;
  readonly commands: readonly BoundCommand[];
  readonly filter: Filter;
  /** The state after the last key, which may not be drawn yet. */
  state(): TableState<Row>;
  dispatch(action: TableAction<Row>): void;
  run(id: TableCommandId): void;
  /** For `Layer.capture`: the filter line, and Esc where it ends a range. */
  capture(event: InputEvent): boolean;
  current(): Row | undefined;
  /** For `Screen.pending`: the row under the cursor or ids to be marked are on their way; null when not. */
  pending(): Promise<void> | null;
  /** Ids are on their way to be marked; an action on the marks must wait. */
  isMarking(): boolean;
  /** What an action is for: the marked rows, or the one under the cursor. */
  markedOrCurrentIds(): readonly string[];
  /** Reads the rows again; the cursor stays on its row. */
  refresh(): Promise<void>;
  /** Resolves when all loads have come. */
  settled(): Promise<void>;
}

export function createTable<Row>(options: TableOptions<Row>): Table<Row> {
  const { source, columns, idOf, settleMs = 80 } = options;
  const query = options.query ?? { filter: '', sort: nextSort(columns, null) };
  const commands = options.isMarkable === false ? withoutMarks : tableCommands;
  let now = initialTable<Row>(query);
  const drawn = createStore(now);
  const loader = createBlockLoader(source, () => now, dispatch);
  const filter = createFilter(query.filter, (text) => dispatch({ type: 'filter', filter: text }));
  let timer: NodeJS.Timeout | undefined;
  let marking = 0;
  let others: Promise<unknown> = Promise.resolve();

  function dispatch(action: TableAction<Row>): void {
    now = reduceTable(now, action);
    loader.load();
    // While rows are on their way the old picture stays, so that a jump costs one frame and not two.
    if (now.failure === null && lacksSeenRows(now)) timer ??= setTimeout(publish, settleMs);
    else publish();
  }

  function publish(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!looksSame(drawn.get(), now)) drawn.set(now);
  }

  function markMany(offset: number, limit: number, mode: MarkMode): void {
    const loaded = loadedIds(now, offset, limit, idOf);
    if (loaded !== null) {
      // At once, because the next key of the packet may act on what is marked.
      dispatch({ type: 'mark', ids: loaded, mode });
      return;
    }
    const work = async () => {
      try {
        dispatch({ type: 'mark', ids: await source.ids(now.query, offset, limit), mode });
      } catch (error) {
        options.onFailure?.(error instanceof Error ? error.message : String(error));
      }
    };
    marking++;
    others = Promise.all([others, work().finally(() => marking--)]);
  }

  function markRange(): void {
    const { rangeStart, cursor } = now;
    if (rangeStart === null) dispatch({ type: 'range', start: cursor });
    else markMany(Math.min(rangeStart, cursor), Math.abs(rangeStart - cursor) + 1, 'add');
  }

  function markCurrent(): void {
    const row = currentRow(now);
    if (now.rangeStart !== null) markRange();
    else if (row !== undefined) {
      dispatch({ type: 'mark', ids: [idOf(row)], mode: 'toggle' });
      dispatch({ type: 'move', by: 1 });
    }
  }

  async function refresh(): Promise<void> {
    const row = currentRow(now);
    const { revision } = now;
    const cursor = row === undefined ? null : await source.locate?.(now.query, idOf(row), now.cursor);
    // Somebody may have moved on in the meantime.
    if (now.revision === revision) dispatch({ type: 'refresh', cursor: cursor ?? undefined });
  }

  function reverseSort(): void {
    const { sort } = now.query;
    dispatch({ type: 'sort', sort: sort && { ...sort, isDescending: !sort.isDescending } });
  }

  const actions: Partial<Record<TableCommandId, () => void>> = {
    'table.mark': markCurrent,
    'table.markAll': () => markMany(0, wholeLength(now), 'add'),
    'table.invertMarks': () => markMany(0, wholeLength(now), 'toggle'),
    'table.markRange': markRange,
    'table.filter': filter.edit,
    'table.nextSort': () => dispatch({ type: 'sort', sort: nextSort(columns, now.query.sort) }),
    'table.reverseSort': reverseSort,
  };

  function run(id: TableCommandId): void {
    const move = tableMove(id);
    if (move === null) actions[id]?.();
    else dispatch(move);
  }

  async function settled(): Promise<void> {
    await others;
    await loader.idle();
  }

  loader.load();
  return {
    options,
    commands: bindCommands(commands, () => now as TableState<unknown>, run),
    filter,
    get: drawn.get,
    subscribe: drawn.subscribe,
    state: () => now,
    dispatch,
    run,
    capture(event) {
      if (event.type === 'key' && event.chord === 'escape' && now.rangeStart !== null) {
        dispatch({ type: 'range', start: null });
        return true;
      }
      return filter.capture(event);
    },
    current: () => currentRow(now),
    pending() {
      return isOnTheWay(now) || marking > 0 ? settled() : null;
    },
    isMarking: () => marking > 0,
    markedOrCurrentIds() {
      if (now.marks.size > 0) return markedIds(now.marks);
      const row = currentRow(now);
      return row === undefined ? [] : [idOf(row)];
    },
    refresh() {
      const refreshing = refresh();
      others = Promise.all([others, refreshing]);
      return refreshing;
    },
    settled,
  };
}

/** As many rows as there can be: all must be marked, not as many as were estimated. */
function wholeLength<Row>({ total, isEstimate }: TableState<Row>): number {
  return isEstimate ? Number.MAX_SAFE_INTEGER : (total ?? 0);
}

/** Whether the row under the cursor is still to come. One that was removed meanwhile never does. */
function isOnTheWay<Row>(state: TableState<Row>): boolean {
  if (state.total === 0 || state.failure !== null) return false;
  return state.blocks.get(Math.floor(state.cursor / blockSize))?.revision !== state.revision;
}

/** Ids of a part of the list; null when not all of it is loaded. */
function loadedIds<Row>(
  state: TableState<Row>,
  offset: number,
  limit: number,
  idOf: (row: Row) => string,
): string[] | null {
  // More than the loaded blocks hold cannot be there.
  if (limit > 1000) return null;
  const ids: string[] = [];
  for (let index = offset; index < offset + limit; index++) {
    const row = rowAt(state, index);
    if (row === undefined) return null;
    ids.push(idOf(row));
  }
  return ids;
}

function lacksSeenRows<Row>(state: TableState<Row>): boolean {
  return missingBlocks(state, false).some((block) => !state.blocks.has(block));
}

/** Rows that are loaded ahead change nothing that is seen. */
function looksSame<Row>(a: TableState<Row>, b: TableState<Row>): boolean {
  const isSame =
    a.top === b.top &&
    a.cursor === b.cursor &&
    a.height === b.height &&
    a.total === b.total &&
    a.totalOfAll === b.totalOfAll &&
    a.isEstimate === b.isEstimate &&
    a.query === b.query &&
    a.marks === b.marks &&
    a.rangeStart === b.rangeStart &&
    a.failure === b.failure;
  if (!isSame) return false;
  for (let index = a.top; index < a.top + a.height; index++)
    if (rowAt(a, index) !== rowAt(b, index)) return false;
  return true;
}
